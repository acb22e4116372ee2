/** Tries a plan out before anybody gets the feature: on what this bot recorded, or on invented traffic where that is too little. */
import { setImmediate } from 'node:timers/promises';
import { unitMs } from '../../health/judging/units.js';
import type { HealthRecords } from '../../health/recording/HealthRecords.js';
import { guardId } from '../judging/guards.js';
import type { Plan, PlanGuard } from '../plans/Plan.js';
import { servedBasisPoints } from '../serving.js';
import { adviceFor } from './advice.js';
import type { Harm } from './Harm.js';
import { modelTraffic } from './modelTraffic.js';
import { harmfulOutcome, harmlessOutcome, mean, shareOf } from './outcomes.js';
import { Random } from './Random.js';
import { finds, type Exposure } from './reach.js';
import { fewestDays, recordedTraffic } from './recordedTraffic.js';
import { sentencesOf } from './sentences.js';
import type { PhaseReach, Simulation, TrafficBasis } from './Simulation.js';
import { unitsADay, type Traffic } from './Traffic.js';
import { tryRollout, type TriedRollout } from './tryRollout.js';
import { UsualDays } from './usual.js';

export interface SimulateOptions {
  readonly plan: Plan;
  readonly records: Pick<HealthRecords, 'baseUnits'>;
  /** Domain time, ms since epoch. */
  readonly now: number;
  /** How many the bot is in: the size of what is invented. */
  readonly guilds: number;
  /** The same seed, plan and records give the same answer. @default 1 */
  readonly seed?: number;
  /** Rollouts with nothing wrong; a quarter as many are tried for each harm. @default as many as take about a second, 60 to 120 */
  readonly tries?: number;
}

const factors = [1.2, 2, 5];
const mostTries = 120;
const fewestTries = 60;
/** Rows and cuts looked at, over all harmless tries: about a second. */
const mostWork = 200_000_000;

/**
 * Hundreds of rollouts over the recorded days: as it would go with nothing wrong, and with harm of three sizes. Other work gets
 * its turn between any two of them.
 *
 * @throws Unavailable where the store is away.
 */
export async function simulatePlan(options: SimulateOptions): Promise<Simulation> {
  const { plan, seed = 1 } = options;
  const random = new Random(seed);
  const { traffic, basis } = await trafficFor(options, random);
  const { guards, untried } = triable(plan, traffic);
  const usualDays = new UsualDays(traffic);
  const tries = options.tries ?? triesFor(plan, traffic, guards);
  const tryAll = async (harm: Harm | null, runs: number): Promise<readonly TriedRollout[]> => {
    const tried: TriedRollout[] = [];
    for (let run = 0; run < runs; run++) {
      tried.push(tryRollout({ plan, traffic, guards, harm, random, usualDays }));
      await setImmediate();
    }
    return tried;
  };

  const quiet = await tryAll(null, tries);
  const harmless = harmlessOutcome(quiet);
  const metrics = (['errors', 'latency'] as const).filter((metric) =>
    guards.some((guard) => guard.metric === metric),
  );
  const harms = [];
  for (const metric of metrics) {
    for (const factor of factors) {
      const harm = { metric, factor };
      harms.push(harmfulOutcome(harm, plan, await tryAll(harm, Math.ceil(tries / 4))));
    }
  }
  const phases = phasesOf(plan, traffic, guards, quiet);
  const told = { basis, harmless, harms, phases: phases.map(({ exposure: _, ...phase }) => phase) };
  return {
    plan: plan.name,
    seed,
    ...told,
    untried,
    sentences: sentencesOf(told),
    advice: adviceFor({ plan, guards, basis, harmless, phases }),
  };
}

async function trafficFor(
  { records, now, guilds }: SimulateOptions,
  random: Random,
): Promise<{ traffic: Traffic; basis: TrafficBasis }> {
  const recorded = await recordedTraffic(records, now);
  const days = recorded.days.length;
  if (days >= fewestDays) {
    const { guilds: active, runsPerDay } = recorded;
    return { traffic: recorded, basis: { from: 'recorded', days, guilds: active, runsPerDay } };
  }
  const traffic = modelTraffic(guilds, random);
  const why = `${days} of the last 8 days are recorded, and ${fewestDays} are needed`;
  return {
    traffic,
    basis: { from: 'model', why, guilds: traffic.guilds, runsPerDay: traffic.runsPerDay },
  };
}

function triable(
  plan: Plan,
  traffic: Traffic,
): { guards: readonly PlanGuard[]; untried: Simulation['untried'] } {
  const whyNot = ({ metric, action }: PlanGuard): string | null => {
    if (metric === 'satisfaction') return 'ratings are not recorded before a rollout';
    if (metric === 'latency' && traffic.cuts.length === 0) return 'no durations were recorded';
    return action === 'notify' ? 'it only tells' : null;
  };
  return {
    guards: plan.guards.filter((guard) => whyNot(guard) === null),
    untried: [
      ...plan.guards.flatMap((guard) => {
        const why = whyNot(guard);
        return why === null ? [] : [{ guard: guardId(guard), action: guard.action, why }];
      }),
      ...(plan.prometheus?.metrics ?? []).map(({ name, action }) => {
        return { guard: name, action, why: 'only Prometheus knows it' };
      }),
    ],
  };
}

function triesFor(plan: Plan, traffic: Traffic, guards: readonly PlanGuard[]): number {
  const units = plan.steps.reduce((sum, { durationMs }) => sum + durationMs / unitMs, 0);
  const looks = guards.filter(({ metric }) => metric === 'latency').length * traffic.cuts.length;
  const workOfOne = ((units * traffic.rows) / (traffic.days.length * unitsADay)) * (1 + looks);
  return Math.round(Math.min(mostTries, Math.max(fewestTries, mostWork / Math.max(1, workOfOne))));
}

function phasesOf(
  plan: Plan,
  traffic: Traffic,
  guards: readonly PlanGuard[],
  quiet: readonly TriedRollout[],
): readonly (PhaseReach & { exposure: Exposure })[] {
  const bad = traffic.days.reduce((sum, { isBad }) => sum + isBad.reduce((count, one) => count + one, 0), 0);
  const errorsPerHour = bad / (traffic.days.length * 24);
  let hoursBefore = 0;
  return plan.steps.map(({ name, durationMs }, step) => {
    const served = servedBasisPoints({ plan, before: { enabled: false, basisPoints: 0 } }, step);
    const hours = durationMs / 3_600_000;
    const exposure = { errorsPerHour, share: served / 10_000, hours, hoursBefore };
    hoursBefore += hours;
    const reached = quiet.flatMap((tried) => tried.steps[step] ?? []);
    const isCompared = served > 0 && served < 10_000;
    return {
      name,
      servedBasisPoints: served,
      durationMs,
      isCompared,
      activeGuilds: mean(reached.map(({ activeGuilds }) => activeGuilds)),
      held: shareOf(reached, ({ wasHeld }) => wasHeld),
      finds: isCompared ? finds(exposure, guards) : null,
      exposure,
    };
  });
}
