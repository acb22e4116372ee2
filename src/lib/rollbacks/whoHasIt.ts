/** For which guilds something is on: as it is evaluated now, and as it was before a rollback. */
import type { FlagDocument } from '../flags/documents.js';
import { decide } from '../flags/evaluation/decide.js';
import type { World } from '../flags/world.js';
import type { FlagsForRollbacks } from './acting/TakingBack.js';
import type { RollbackDocument } from './documents.js';
import { hadFlag } from './proof/hadFlag.js';

export type HasIt = (guildId: string) => boolean;

/** @param flag null = any flag at all */
export function hasItNow(flags: Pick<FlagsForRollbacks, 'isOn' | 'world'>, flag: string | null): HasIt {
  if (flag !== null) return (guildId) => flags.isOn(flag, guildId);
  const live = liveFlags(flags.world);
  return (guildId) => live.some(({ key }) => flags.isOn(key, guildId));
}

/** Of a rollback of everything: whoever has any flag by its own settings, which it leaves alone. */
export function hadItBefore(world: World, rollback: Pick<RollbackDocument, 'flag' | 'before'>): HasIt {
  if (rollback.flag !== null) return hadFlag({ ...rollback, sample: [] }, world);
  const { flags, guilds, cohorts, servesFlags } = world;
  const then: World = { flags, guilds, cohorts, servesFlags, killSwitch: undefined };
  const live = liveFlags(world);
  return (guildId) => live.some(({ key }) => decide(then, key, guildId).value);
}

/** How many questions it takes to ask for every guild. */
export function questionsFor(world: World, flag: string | null, guilds: number): number {
  return guilds * (flag === null ? liveFlags(world).length : 1);
}

function liveFlags(world: World): readonly FlagDocument[] {
  return [...world.flags.values()].filter(
    ({ archived, enabled, killed }) => archived === null && enabled && killed === null,
  );
}
