/** What would make a plan see more, or disturb less. */
import { count } from '../../core/count.js';
import type { Plan, PlanGuard } from '../plans/Plan.js';
import { isFound, type Exposure } from './reach.js';
import type { HarmlessOutcome, PhaseReach, TrafficBasis } from './Simulation.js';
import { percent, span, times } from './wording.js';

/** A doubling is what people expect a rollout to find. */
const wanted = 2;
const longerBy = [1.5, 2, 3, 4, 6];
const shares = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];
/** More false alarms than promised by chance alone are no ground for advice. */
const surprising = 3;

export interface Advised {
  readonly plan: Plan;
  readonly guards: readonly PlanGuard[];
  readonly basis: TrafficBasis;
  readonly harmless: HarmlessOutcome;
  readonly phases: readonly (PhaseReach & { readonly exposure: Exposure })[];
}

export function adviceFor({ plan, guards, basis, harmless, phases }: Advised): readonly string[] {
  const compared = phases.filter(({ isCompared }) => isCompared);
  // What the first one lets through is found in more guilds later, if at all: it matters most.
  const blind = compared.slice(0, 1).filter(({ finds }) => finds === null || finds > wanted * 1.1);
  return [
    ...blind.map((phase) => blindAdvice(phase, guards)),
    ...compared.filter(({ held }) => held >= 0.2).map(heldAdvice),
    ...toleranceAdvice(plan, harmless),
    ...falseAlarmAdvice(guards, harmless),
    ...(basis.from === 'model'
      ? ['Simulate again once the bot has measured four days: its own traffic says more than invented one.']
      : []),
  ];
}

function blindAdvice(
  { name, finds, durationMs, servedBasisPoints, exposure }: Advised['phases'][number],
  guards: readonly PlanGuard[],
): string {
  const size = `${percent(servedBasisPoints / 10_000)}, ${span(durationMs / 3_600_000)}`;
  const now =
    finds === null
      ? `${name} (${size}) finds no rise of errors below 20x by itself.`
      : `${name} (${size}) by itself finds a rise of errors only from ${times(finds)} on.`;
  const longer = longerBy.find((by) => isFound(wanted, { ...exposure, hours: exposure.hours * by }, guards));
  const larger = shares.find(
    (share) => share > exposure.share && isFound(wanted, { ...exposure, share }, guards),
  );
  const ways = [
    ...(longer === undefined ? [] : [`last ${span(exposure.hours * longer)}`]),
    ...(larger === undefined ? [] : [`serve ${percent(larger)} of guilds`]),
  ];
  if (ways.length > 0) return `${now} For ${times(wanted)} it would have to ${ways.join(', or ')}.`;
  return `${now} There is too little traffic for ${times(wanted)}, however long it lasts: rely on hard limits and on reports.`;
}

function heldAdvice({ name, servedBasisPoints, activeGuilds, held }: PhaseReach): string {
  return `${name} has about ${count(Math.round(activeGuilds), 'active guild')} at ${percent(servedBasisPoints / 10_000)} and was held in ${percent(held)} of tries: serve more, or lower minimum_exposure.`;
}

function toleranceAdvice({ tolerance }: Plan, { couldHaveMissed }: HarmlessOutcome): readonly string[] {
  if (couldHaveMissed !== null && couldHaveMissed < tolerance) return [];
  return [
    `The last phase goes on by itself only where every ratio is surely below ${times(tolerance)}, which this traffic does not show in time: someone will be asked. Make it longer, or raise tolerance.`,
  ];
}

function falseAlarmAdvice(
  guards: readonly PlanGuard[],
  { byGuard, runs }: HarmlessOutcome,
): readonly string[] {
  return guards.flatMap(({ metric, margin, alpha }) => {
    const alarmed = byGuard[`${metric}@${margin}`] ?? 0;
    const expected = alpha * runs;
    if (alarmed * runs <= expected + surprising * Math.sqrt(expected) + 1) return [];
    return [
      `${metric} at ${times(margin)} alarmed in ${percent(alarmed)} of harmless tries, where ${percent(alpha)} are promised: guilds here change from day to day. A larger margin would be calmer.`,
    ];
  });
}
