/** Finds what a change names, or refuses with the nearest names. */
import { UnknownCohort, UnknownFlag, UnknownGuild, NotNow } from '../errors.js';
import type { CohortDocument, FlagDocument, GuildDocument } from '../documents.js';
import { nearestNames } from '../nearest.js';
import type { Draft, World } from '../world.js';
import type { Planning } from './Plan.js';

export function findFlag(world: World, key: string): FlagDocument {
  const flag = world.flags.get(key);
  if (flag === undefined) throw new UnknownFlag(key, nearestNames(key, flagKeys(world)));
  return flag;
}

/** A flag that takes part in evaluation. */
export function findLiveFlag(world: World, key: string): FlagDocument {
  const flag = findFlag(world, key);
  if (flag.archived !== null) {
    throw new NotNow(`${key} is archived, so nothing can be changed about it.`, {
      next: 'Bring it back with /feature restore first.',
    });
  }
  return flag;
}

export function findCohort(world: World, name: string): CohortDocument {
  const cohort = world.cohorts.get(name);
  if (cohort === undefined) {
    throw new UnknownCohort(
      name,
      nearestNames(
        name,
        [...world.cohorts.values()].map((one) => one.name),
      ),
    );
  }
  return cohort;
}

export function checkGuild({ guilds }: Planning, id: string): void {
  if (guilds.guild(id) === undefined) throw new UnknownGuild(id, guilds.nearestGuilds(id));
}

/** The guild's document, or an empty one to begin with. */
export function guildDraft(world: World, id: string): Draft<'guilds'> {
  const document: GuildDocument | undefined = world.guilds.get(id);
  return document ?? { schema: 1, id, entries: {}, channelId: null };
}

function flagKeys(world: World): readonly string[] {
  return [...world.flags.values()].filter((flag) => flag.archived === null).map((flag) => flag.key);
}
