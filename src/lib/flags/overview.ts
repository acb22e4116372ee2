/** Flags as `/feature list` and `/feature info` show them: what they are, and for how many they are on. */
import { isReleased, isWaiting } from './betaRights.js';
import type { FlagDocument } from './documents.js';
import type { FlagFilter, GuildFacts } from './FlagsRoom.js';
import { fold } from './nearest.js';
import { dependantsOf } from './planning/requirements.js';
import type { FlagOverview } from './results.js';
import type { World } from './world.js';

export function overview(
  world: World,
  flag: FlagDocument,
  everyGuild: readonly GuildFacts[],
  isOn: (guildId: string) => boolean,
): FlagOverview {
  const on = everyGuild.filter(({ id }) => isOn(id));
  const tally = { allowed: 0, denied: 0, joined: 0, waiting: 0, keptOff: 0 };
  for (const { entries } of world.guilds.values()) {
    const entry = entries[flag.key];
    if (entry === undefined) continue;
    if (entry.override?.is === 'allow') tally.allowed++;
    if (entry.override?.is === 'deny') tally.denied++;
    if (isWaiting(flag, entry)) tally.waiting++;
    else if (entry.joined !== undefined && entry.answer?.is !== 'declined') tally.joined++;
    if (entry.keepOff !== undefined) tally.keptOff++;
  }
  return {
    flag,
    guildsOn: on.length,
    membersOn: on.reduce((sum, { members }) => sum + members, 0),
    outOf: everyGuild.length,
    ...tally,
    dependants: dependantsOf(world, flag.key),
  };
}

/** By key; archived ones only where they are asked for. */
export function listFlags(world: World, filter: FlagFilter, now: number): readonly FlagDocument[] {
  const text = fold(filter.text ?? '');
  return [...world.flags.values()]
    .filter(
      (flag) =>
        isInState(flag, filter.state, now) &&
        (filter.kind === undefined || flag.kind === filter.kind) &&
        (filter.owner === undefined || fold(flag.owner ?? '') === fold(filter.owner)) &&
        (text === '' || fold(`${flag.key} ${flag.description}`).includes(text)),
    )
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function isInState(flag: FlagDocument, state: FlagFilter['state'], now: number): boolean {
  if (state === 'archived' || flag.archived !== null) return state === 'archived' && flag.archived !== null;
  const serves = flag.enabled && flag.killed === null;
  switch (state) {
    case undefined:
      return true;
    case 'on':
      return serves && isReleased(flag);
    case 'partly':
      return serves && !isReleased(flag);
    case 'off':
      return !serves;
    case 'killed':
      return flag.killed !== null;
    case 'expired':
      return flag.expiresAt !== null && flag.expiresAt <= now;
  }
}
