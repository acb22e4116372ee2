/**
 * Whom a change reaches: the guilds for which any flag is newly on or off, dependants included, over the guild
 * directory. Every change passes here; confirmation is asked of this set and of nothing else.
 */
import { isReleased } from './betaRights.js';
import type { GuildFacts } from './FlagsRoom.js';
import { flagsUsing } from './planning/cohorts.js';
import type { FieldChange } from './planning/fields.js';
import { withDependants } from './planning/requirements.js';
import type { BlastRadius } from './results.js';
import { everythingOff, type World } from './world.js';

/** A world, and whether a flag is on in it for a guild. */
export interface Judged {
  readonly world: World;
  isOn(flag: string, guildId: string): boolean;
}

export interface Reach {
  readonly blast: BlastRadius;
  /** Newly on for more than a quarter of all guilds, or newly served to everyone. */
  readonly needsConfirmation: boolean;
}

/** Questions between two pauses: ten thousand guilds are never counted in one breath. */
const slice = 500;

/**
 * @param pause gives other work its turn
 * @throws whatever `pause` throws, for example because the world moved meanwhile
 */
export async function blastRadius(
  before: Judged,
  after: Judged,
  fields: readonly FieldChange[],
  everyGuild: readonly GuildFacts[],
  pause: () => Promise<void>,
): Promise<Reach> {
  const worlds = [before.world, after.world];
  const touched = touchedFlags(worlds, fields);
  const tallies = [...withDependants(worlds, touched)].map((flag) => ({ flag, on: 0, off: 0 }));
  let guilds = 0;
  let members = 0;
  let guildsOff = 0;
  let counted = 0;
  for (const guild of reachedGuilds(fields, everyGuild)) {
    let isOn = false;
    let isOff = false;
    for (const tally of tallies) {
      const was = before.isOn(tally.flag, guild.id);
      if (was === after.isOn(tally.flag, guild.id)) continue;
      if (was) tally.off++;
      else tally.on++;
      isOn ||= !was;
      isOff ||= was;
    }
    if (isOn) guilds++;
    if (isOn) members += guild.members;
    if (isOff) guildsOff++;
    counted += tallies.length;
    if (counted < slice) continue;
    counted = 0;
    await pause();
  }
  const byFlag = tallies.filter(({ on, off }) => on + off > 0);
  const outOf = everyGuild.length;
  const toEveryone = tallies.some(
    ({ flag }) => !servesAll(before.world, flag) && servesAll(after.world, flag),
  );
  return {
    blast: { guilds, members, outOf, guildsOff, byFlag },
    needsConfirmation: guilds > outOf / 4 || (toEveryone && (guilds > 0 || outOf === 0)),
  };
}

/** Flags whose evaluation reads any of these fields. */
export function touchedFlags(worlds: readonly World[], fields: readonly FieldChange[]): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const { ns, key, path } of fields) {
    if (ns === 'flags') touched.add(key);
    else if (ns === 'guilds' && path[0] === 'entries' && path[1] !== undefined) touched.add(path[1]);
    for (const world of worlds) {
      if (ns === 'cohorts') for (const flag of flagsUsing(world, key)) touched.add(flag);
      if (ns === 'settings') for (const flag of world.flags.values()) touched.add(flag.key);
    }
  }
  return touched;
}

/** All guilds, unless the change is about certain ones. These count even where the directory does not know them yet. */
function reachedGuilds(
  fields: readonly FieldChange[],
  everyGuild: readonly GuildFacts[],
): readonly GuildFacts[] {
  const named = new Set<string>();
  for (const { ns, key, path, before, after } of fields) {
    if (ns === 'guilds') named.add(key);
    else if (ns === 'cohorts' && path[0] === 'guilds' && path[1] !== undefined) named.add(path[1]);
    else if (ns === 'cohorts' && (before === null || after === null)) continue;
    else if (!(ns === 'cohorts')) return everyGuild;
  }
  const known = new Map(everyGuild.map((guild) => [guild.id, guild]));
  return [...named].map((id) => known.get(id) ?? { id, name: id, members: 0, joinedAt: 0 });
}

function servesAll(world: World, key: string): boolean {
  const flag = world.flags.get(key);
  return (
    everythingOff(world) === undefined &&
    flag !== undefined &&
    flag.archived === null &&
    flag.killed === null &&
    flag.ceiling === null &&
    isReleased(flag)
  );
}
