import type { LocalDuty } from '../Duty.js';

/** What each process keeps fresh of its own once a minute: its guilds in the directory, its counts, the store's clock. */
export function refreshing(refresh: () => Promise<void>): LocalDuty {
  return { name: 'refresh', where: 'everywhere', everyMs: 60_000, turn: refresh };
}
