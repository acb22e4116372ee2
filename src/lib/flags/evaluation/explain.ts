/** A decision in words: the reason in OpenFeature's, the detail in ours, and every rule with its answer. */
import type { FlagDocument, GuildEntry } from '../documents.js';
import { position, threshold } from '../position.js';
import { type Evaluation, type Reason, type Rule, type RuleAnswer, rules } from '../results.js';
import { percent, stamped } from '../words.js';
import { everythingOff, type World } from '../world.js';
import { decide, type Decision } from './decide.js';

/** @see https://openfeature.dev/specification/types#resolution-reason */
const reasons: Readonly<Record<Rule, Reason>> = {
  'everything-off': 'DISABLED',
  unknown: 'FLAG_NOT_FOUND',
  disabled: 'DISABLED',
  prerequisite: 'TARGETING_MATCH',
  ceiling: 'SPLIT',
  denied: 'TARGETING_MATCH',
  'keep-off': 'TARGETING_MATCH',
  allowed: 'TARGETING_MATCH',
  joined: 'TARGETING_MATCH',
  percentage: 'SPLIT',
  otherwise: 'DEFAULT',
};

/** What a rule says where it does not apply. */
const passed: Readonly<Record<Rule, string>> = {
  'everything-off': 'no: flags are served',
  unknown: 'no: the flag exists',
  disabled: 'no: enabled and not killed',
  prerequisite: 'no: every prerequisite is on here',
  ceiling: 'no: no rollback has turned it off here',
  denied: 'no: staff did not deny this guild',
  'keep-off': 'no: the guild does not keep it off',
  allowed: 'no: staff did not allow this guild',
  joined: 'no: the guild is not in the beta',
  percentage: 'no: the guild is outside the percentage',
  otherwise: '',
};

/** Evaluates by the plain rules and says why. `now`: domain time, for the dates. */
export function evaluatePlainly(
  world: World,
  key: string,
  guildId: string | null,
  fallback: boolean,
  now: number,
): Evaluation {
  const decision = decide(world, key, guildId, fallback);
  return {
    value: decision.value,
    rule: decision.rule,
    reason: reasonFor(world.flags.get(key), decision),
    detail: `${decision.value ? 'on' : 'off'}: ${describe(world, key, guildId, decision, now)}`,
  };
}

/** Every rule of the order with its answer. */
export function explainPlainly(
  world: World,
  key: string,
  guildId: string | null,
  now: number,
): readonly RuleAnswer[] {
  const decision = decide(world, key, guildId);
  const deciding = rules.indexOf(decision.rule);
  return rules.map((rule, index) => {
    if (index < deciding) return { rule, answer: 'passed', detail: passed[rule] };
    if (index > deciding) return { rule, answer: 'not reached', detail: '' };
    return {
      rule,
      answer: decision.value ? 'on' : 'off',
      detail: describe(world, key, guildId, decision, now),
    };
  });
}

function reasonFor(flag: FlagDocument | undefined, { rule, value }: Decision): Reason {
  // On for everyone is no split: the same answer whatever the guild.
  if (rule === 'percentage' && value && flag?.basisPoints === 10_000) return 'STATIC';
  return reasons[rule];
}

function describe(
  world: World,
  key: string,
  guildId: string | null,
  { rule, because }: Decision,
  now: number,
): string {
  const flag = world.flags.get(key);
  if (rule === 'everything-off') return whyEverything(world, now);
  if (flag === undefined) return `no flag is called ${key}`;
  const entry = guildId === null ? undefined : world.guilds.get(guildId)?.entries[key];
  switch (rule) {
    case 'unknown':
      return `archived${flag.archived === null ? '' : stamped(flag.archived, now)}`;
    case 'disabled':
      return whyDisabled(flag, world, now);
    case 'prerequisite':
      return `it requires ${because}, which is off here`;
    case 'ceiling':
      return guildId === null
        ? 'a rollback is in progress'
        : 'a rollback in progress has turned it off at this guild’s position';
    case 'denied':
      return because === undefined
        ? `staff denied this guild${dated(entry?.override, now)}`
        : `staff denied the cohort ${because}${dated(flag.cohorts[because], now)}`;
    case 'keep-off':
      return `the guild chose to keep it off${dated(entry?.keepOff, now)}`;
    case 'allowed':
      return allowed(flag, entry, because, now);
    case 'joined':
      return `the guild joined the beta${dated(entry?.joined, now)}`;
    case 'percentage':
      return flag.basisPoints === 10_000 ? 'on for everyone' : where(flag, guildId);
    case 'otherwise':
      return flag.basisPoints === 0 || guildId === null
        ? `at ${percent(flag.basisPoints)}${guildId === null ? ', and there is no guild here' : ''}`
        : where(flag, guildId);
  }
}

function whyEverything(world: World, now: number): string {
  const off = everythingOff(world);
  if (off !== undefined) return `everything was turned off${stamped(off, now)}`;
  const here = world.offHere?.everything;
  return here === undefined || !world.servesFlags
    ? 'this process was started with every flag off'
    : `everything was turned off${stamped(here, now)}, ${onlyHere}`;
}

function whyDisabled(flag: FlagDocument, world: World, now: number): string {
  if (flag.killed !== null) return `killed${stamped(flag.killed, now)}`;
  const here = world.offHere?.flags.get(flag.key);
  return here === undefined || !flag.enabled ? 'disabled' : `rolled back${stamped(here, now)}, ${onlyHere}`;
}

const onlyHere = 'in this process only so far: the state store has not taken it yet';

function allowed(
  flag: FlagDocument,
  entry: GuildEntry | undefined,
  because: string | undefined,
  now: number,
): string {
  if (because !== undefined) return `staff allowed the cohort ${because}${dated(flag.cohorts[because], now)}`;
  if (entry?.override?.is === 'allow') return `staff allowed this guild${dated(entry.override, now)}`;
  return 'a running rollout names this guild as a target';
}

function where(flag: FlagDocument, guildId: string | null): string {
  const here = position(flag.seed ?? flag.key, guildId ?? '');
  const side = here < threshold(flag.basisPoints) ? 'inside' : 'outside';
  // Rounded down, so that a guild just outside is never shown as standing at the border itself.
  const share = Math.floor((here / 2 ** 32) * 10_000) / 100;
  return `the guild stands at ${share.toFixed(2)} %, ${side} the ${percent(flag.basisPoints)}`;
}

function dated(stamp: Parameters<typeof stamped>[0] | undefined, now: number): string {
  return stamp === undefined ? '' : stamped(stamp, now);
}
