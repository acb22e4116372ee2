/** Named lists of guilds. */
import { count } from '../../core/count.js';
import { BadValue, DuplicateName, NotNow } from '../errors.js';
import { checkName, checkText } from '../names.js';
import { listed } from '../words.js';
import type { World } from '../world.js';
import { checkGuild, findCohort } from './lookups.js';
import { guildName, type Plan, type Planning, stamp } from './Plan.js';

/** So that no single update makes evaluation pause. */
const largestCohort = 10_000;
/** So that one entry of the history stays readable, and small. */
const mostAtOnce = 1_000;

export function planCohortCreate(
  planning: Planning,
  name: string,
  description: string,
  guilds: readonly string[],
): Plan {
  checkName(name);
  checkText('The description', description);
  if (planning.world.cohorts.get(name) !== undefined) {
    throw new DuplicateName(`A cohort called ${name} exists already.`, {
      next: 'Add guilds to it with /cohort add, or choose another name.',
    });
  }
  for (const id of guilds) checkGuild(planning, id);
  const created = stamp(planning);
  const next = {
    schema: 1,
    name,
    description,
    guilds: checkSize(guilds),
    created,
    updated: created,
  } as const;
  return { title: `Create the cohort ${name}`, writes: [{ ns: 'cohorts', key: name, next }], notes: [] };
}

export function planCohortAdd(planning: Planning, name: string, guilds: readonly string[]): Plan {
  const cohort = findCohort(planning.world, name);
  for (const id of guilds) checkGuild(planning, id);
  const next = {
    ...cohort,
    guilds: checkSize([...cohort.guilds, ...atOnce(guilds)]),
    updated: stamp(planning),
  };
  return {
    title: `Add ${some(planning, guilds)} to the cohort ${name}`,
    writes: [{ ns: 'cohorts', key: name, next }],
    notes: usedBy(planning.world, name),
  };
}

export function planCohortRemove(planning: Planning, name: string, guilds: readonly string[]): Plan {
  const cohort = findCohort(planning.world, name);
  const gone = new Set(atOnce(guilds));
  const next = { ...cohort, guilds: cohort.guilds.filter((id) => !gone.has(id)), updated: stamp(planning) };
  return {
    title: `Remove ${some(planning, guilds)} from the cohort ${name}`,
    writes: [{ ns: 'cohorts', key: name, next }],
    notes: usedBy(planning.world, name),
  };
}

export function planCohortDelete({ world }: Planning, name: string): Plan {
  findCohort(world, name);
  checkUnused(world, name);
  return {
    title: `Delete the cohort ${name}`,
    writes: [{ ns: 'cohorts', key: name, next: null }],
    notes: [],
  };
}

/** A cohort that flags refer to stays: its absence would silently allow or deny guilds. */
export function checkUnused(world: World, name: string): void {
  const users = flagsUsing(world, name);
  if (users.length === 0) return;
  throw new NotNow(`The cohort ${name} is used by ${listed(users.slice(0, 5))}.`, {
    next: 'Clear it there first (/feature clear with the cohort).',
  });
}

export function flagsUsing(world: World, name: string): readonly string[] {
  return [...world.flags.values()].filter((flag) => name in flag.cohorts).map((flag) => flag.key);
}

function usedBy(world: World, name: string): readonly string[] {
  const users = flagsUsing(world, name);
  return users.length === 0 ? [] : [`Used by ${listed(users.slice(0, 5))}.`];
}

function atOnce(guilds: readonly string[]): readonly string[] {
  if (guilds.length <= mostAtOnce) return guilds;
  throw new BadValue(
    `${count(guilds.length, 'guild')} are too many for one change; ${mostAtOnce} is the most.`,
    {
      next: 'Do it in several steps.',
    },
  );
}

function checkSize(guilds: readonly string[]): readonly string[] {
  const each = [...new Set(guilds)];
  if (each.length <= largestCohort) return each;
  throw new BadValue(
    `A cohort holds at most ${count(largestCohort, 'guild')}; this one would have ${each.length}.`,
    { next: 'Use a percentage for so many, or several cohorts.' },
  );
}

function some(planning: Planning, guilds: readonly string[]): string {
  const [only] = guilds;
  return guilds.length === 1 && only !== undefined
    ? guildName(planning, only)
    : count(guilds.length, 'guild');
}
