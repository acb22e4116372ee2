/** `create` and `edit`: what a flag is, as opposed to whom it is on for. */
import type { FlagFacts } from '../changes.js';
import type { FlagDocument } from '../documents.js';
import { BadValue, DuplicateName, NotNow } from '../errors.js';
import { checkName, checkText } from '../names.js';
import type { Draft } from '../world.js';
import { findLiveFlag } from './lookups.js';
import { type Plan, type Planning, stamp } from './Plan.js';
import { checkRequirements } from './requirements.js';

/** Enabled at 0 %: on for nobody until someone widens it. */
export function planCreate(planning: Planning, key: string, facts: FlagFacts, declared = false): Plan {
  checkName(key);
  const taken = planning.world.flags.get(key);
  if (taken !== undefined) {
    throw new DuplicateName(
      taken.archived === null ? `A flag called ${key} exists already.` : `An archived flag is called ${key}.`,
      {
        next:
          taken.archived === null
            ? `See it with /feature info, or choose another name.`
            : `Bring it back with /feature restore, or choose another name.`,
      },
    );
  }
  checkFacts(planning, key, facts);
  const created = stamp(planning);
  const next: Draft<'flags'> = {
    schema: 1,
    key,
    description: facts.description ?? '',
    kind: facts.kind ?? 'release',
    owner: facts.owner ?? null,
    beta: facts.beta ?? 'closed',
    optOut: facts.optOut ?? 'until-release',
    enabled: true,
    basisPoints: 0,
    seed: facts.seed ?? null,
    algo: 1,
    killed: null,
    archived: null,
    requires: facts.requires ?? [],
    cohorts: {},
    ceiling: null,
    rollout: null,
    expiresAt: facts.expiresAt ?? null,
    created,
    updated: created,
    servedSince: planning.now,
    declared,
  };
  return {
    title: `Create ${key}`,
    writes: [{ ns: 'flags', key, next }],
    notes: ['It is enabled at 0 %: on for nobody until someone widens it.'],
  };
}

export function planEdit(planning: Planning, key: string, facts: FlagFacts): Plan {
  const flag = findLiveFlag(planning.world, key);
  checkFacts(planning, key, facts);
  if (facts.seed !== undefined && facts.seed !== flag.seed) checkSeedIsFree(flag);
  const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  const next: Draft<'flags'> = { ...flag, ...given, updated: stamp(planning) };
  return { title: `Edit ${key}`, writes: [{ ns: 'flags', key, next }], notes: [] };
}

/** Another seed deals the guilds anew, which only shows in between. */
function checkSeedIsFree(flag: FlagDocument): void {
  const between = flag.basisPoints > 0 && flag.basisPoints < 10_000;
  if (!between && flag.ceiling === null) return;
  throw new NotNow(
    between
      ? `The seed of ${flag.key} can only change while it is at 0 or 100 %, because another seed picks other guilds.`
      : `The seed of ${flag.key} cannot change while a gradual rollback is in progress.`,
    { next: 'Set it to 0 or 100 % first, or wait for the rollback to end.' },
  );
}

function checkFacts({ world, now }: Planning, key: string, facts: FlagFacts): void {
  if (facts.description !== undefined) checkText('The description', facts.description);
  if (facts.owner !== undefined && facts.owner !== null) checkText('The owner', facts.owner);
  if (facts.seed !== undefined && facts.seed !== null) checkName(facts.seed);
  if (facts.requires !== undefined) checkRequirements(world, key, facts.requires);
  const { expiresAt } = facts;
  if (expiresAt !== undefined && expiresAt !== null && !(Number.isFinite(expiresAt) && expiresAt > now)) {
    throw new BadValue('The expiry lies in the past.', { next: 'Give a day that is still to come.' });
  }
}
