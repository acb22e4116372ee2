import { setTimeout } from 'node:timers/promises';

/** Real time, ms. */
export async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  // An abort only ends the wait: whoever waits looks at the signal itself.
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}
