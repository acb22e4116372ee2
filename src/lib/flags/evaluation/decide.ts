/** Evaluation, plain and slow: the order of the rules, one after the other. The fast evaluator must always agree with it. */
import { isInBeta, keepsOff } from '../betaRights.js';
import type { FlagDocument, Override } from '../documents.js';
import { position, threshold } from '../position.js';
import type { Rule } from '../results.js';
import { everythingOff, isInCohort, type World } from '../world.js';

export interface Decision {
  readonly value: boolean;
  readonly rule: Rule;
  /** The prerequisite that is off, or the cohort that decided. */
  readonly because?: string;
}

/** The first rule that applies. `guildId` null: a direct message. `fallback`: for a flag that is unknown or archived. */
export function decide(world: World, key: string, guildId: string | null, fallback = false): Decision {
  return decideWithin(world, key, guildId, fallback, new Set());
}

function decideWithin(
  world: World,
  key: string,
  guildId: string | null,
  fallback: boolean,
  above: ReadonlySet<string>,
): Decision {
  if (!world.servesFlags || everythingOff(world) !== undefined || world.offHere?.everything !== undefined)
    return { value: false, rule: 'everything-off' };

  const flag = world.flags.get(key);
  if (flag === undefined || flag.archived !== null) return { value: fallback, rule: 'unknown' };

  if (!flag.enabled || flag.killed !== null || world.offHere?.flags.has(key) === true)
    return { value: false, rule: 'disabled' };

  const within = new Set(above).add(key);
  for (const required of flag.requires) {
    // A circle can only come from damaged state: it is off, rather than endless.
    if (within.has(required) || !decideWithin(world, required, guildId, false, within).value) {
      return { value: false, rule: 'prerequisite', because: required };
    }
  }

  if (guildId === null) return inDirectMessages(flag);

  const here = position(flag.seed ?? flag.key, guildId);
  if (flag.ceiling !== null && here >= flag.ceiling) return { value: false, rule: 'ceiling' };

  const entry = world.guilds.get(guildId)?.entries[key];
  if (entry?.override?.is === 'deny') return { value: false, rule: 'denied' };
  const denying = cohortWith(world, flag, 'deny', guildId);
  if (denying !== undefined) return { value: false, rule: 'denied', because: denying };

  if (keepsOff(flag, entry)) return { value: false, rule: 'keep-off' };

  if (entry?.override?.is === 'allow') return { value: true, rule: 'allowed' };
  const allowing = cohortWith(world, flag, 'allow', guildId);
  if (allowing !== undefined) return { value: true, rule: 'allowed', because: allowing };
  if (flag.rollout?.targets.includes(guildId) === true) return { value: true, rule: 'allowed' };

  if (isInBeta(flag, entry)) return { value: true, rule: 'joined' };

  if (here < threshold(flag.basisPoints)) return { value: true, rule: 'percentage' };

  return { value: false, rule: 'otherwise' };
}

/** Without a guild there is nothing to hash and nobody to allow: on only where it is on for everyone. */
function inDirectMessages(flag: FlagDocument): Decision {
  if (flag.ceiling !== null) return { value: false, rule: 'ceiling' };
  return flag.basisPoints === 10_000
    ? { value: true, rule: 'percentage' }
    : { value: false, rule: 'otherwise' };
}

function cohortWith(
  world: World,
  flag: FlagDocument,
  override: Override,
  guildId: string,
): string | undefined {
  for (const [name, use] of Object.entries(flag.cohorts)) {
    if (use.override === override && isInCohort(world.cohorts.get(name), guildId)) return name;
  }
  return undefined;
}
