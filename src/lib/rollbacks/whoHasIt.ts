/** For which guilds something is on: as it is evaluated now, and as it was before a rollback. */
import type { FlagDocument } from '../flags/documents.js';
import { decide } from '../flags/evaluation/decide.js';
import { overlay } from '../flags/overlay.js';
import type { World } from '../flags/world.js';
import type { FlagsForRollbacks } from './acting/TakingBack.js';

export type HasIt = (guildId: string) => boolean;

/** @param flag null = any flag at all */
export function hasItNow(flags: Pick<FlagsForRollbacks, 'isOn' | 'world'>, flag: string | null): HasIt {
  if (flag !== null) return (guildId) => flags.isOn(flag, guildId);
  const live = liveFlags(flags.world);
  return (guildId) => live.some(({ key }) => flags.isOn(key, guildId));
}

/** @param before the flag as it was; none = everything, whose flags' own settings a rollback leaves alone */
export function hadItBefore(world: World, flag: string | null, before: readonly FlagDocument[]): HasIt {
  const then = {
    ...overlay(
      world,
      before.map((document) => ({ ns: 'flags', key: document.key, next: document })),
    ),
    killSwitch: undefined,
  };
  if (flag !== null) return (guildId) => decide(then, flag, guildId).value;
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
