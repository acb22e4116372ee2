/** Many tried rollouts as one answer. */
import { riskRatioInterval } from '../../health/judging/riskRatio.js';
import { guardId } from '../judging/guards.js';
import { intervalAlpha } from '../judging/guards.js';
import type { Plan } from '../plans/Plan.js';
import type { Harm } from './Harm.js';
import type { HarmfulOutcome, HarmlessOutcome } from './Simulation.js';
import type { TriedRollout } from './tryRollout.js';

/** Each takes some ten ms. */
const intervals = 9;

export function harmlessOutcome(tried: readonly TriedRollout[]): HarmlessOutcome {
  const byGuard: Record<string, number> = {};
  for (const { alarm } of tried) {
    if (alarm === null) continue;
    byGuard[guardId(alarm.guard)] = (byGuard[guardId(alarm.guard)] ?? 0) + 1 / tried.length;
  }
  const by = (isRollback: boolean): number =>
    shareOf(tried, ({ alarm }) => alarm !== null && (alarm.guard.action === 'rollback') === isRollback);
  const quiet = tried.filter(({ alarm }) => alarm === null).slice(0, intervals);
  const missed = quiet.map(
    ({ errorTicks, startsAt }) =>
      riskRatioInterval(errorTicks, { alpha: intervalAlpha, startsAt }).upper ?? Infinity,
  );
  const couldHaveMissed = quantile(missed, 0.5);
  return {
    runs: tried.length,
    rolledBack: by(true),
    paused: by(false),
    byGuard,
    couldHaveMissed: couldHaveMissed === undefined || couldHaveMissed === Infinity ? null : couldHaveMissed,
  };
}

export function harmfulOutcome(
  { metric, factor }: Harm,
  { steps }: Plan,
  tried: readonly TriedRollout[],
): HarmfulOutcome {
  const alarms = tried.flatMap(({ alarm }) => (alarm === null ? [] : [alarm]));
  const hours = alarms.map((alarm) => alarm.hours);
  const median = quantile(hours, 0.5);
  const p90 = quantile(hours, 0.9);
  return {
    metric,
    factor,
    runs: tried.length,
    found: shareOf(tried, ({ alarm }) => alarm !== null),
    foundByPause: shareOf(alarms, ({ guard }) => guard.action === 'pause'),
    hours: median === undefined || p90 === undefined ? null : { median, p90 },
    phases: steps.map(({ name }, step) => ({
      name,
      foundHere: shareOf(tried, ({ alarm }) => alarm?.step === step),
      guildsHarmed: mean(tried.map((each) => each.steps[step]?.harmedGuilds ?? 0)),
    })),
  };
}

export function shareOf<Item>(items: readonly Item[], is: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(is).length / items.length;
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function quantile(values: readonly number[], at: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))];
}
