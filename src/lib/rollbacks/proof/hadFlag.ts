/** Who had what was rolled back: evaluated again over the flags as they were before. */
import { decide } from '../../flags/evaluation/decide.js';
import type { World } from '../../flags/world.js';
import type { RollbackDocument } from '../documents.js';

export type HadIt = (guildId: string) => boolean;

/**
 * Overrides and cohorts count as they are now; they seldom change within an hour. Where everything was turned off, everybody
 * had something.
 */
export function hadFlag(rollback: Pick<RollbackDocument, 'flag' | 'before' | 'sample'>, now: World): HadIt {
  const { flag, before, sample } = rollback;
  if (flag === null) return () => true;
  const were = new Map(before.map((document) => [document.key, document]));
  if (!were.has(flag)) {
    const sampled = new Set(sample);
    return (guildId) => sampled.has(guildId);
  }
  const then: World = {
    servesFlags: true,
    flags: {
      get: (key) => were.get(key) ?? now.flags.get(key),
      values: () => [...were.values(), ...[...now.flags.values()].filter(({ key }) => !were.has(key))],
    },
    guilds: now.guilds,
    cohorts: now.cohorts,
    killSwitch: undefined,
  };
  return (guildId) => decide(then, flag, guildId).value;
}
