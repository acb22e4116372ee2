/** The nine figures. What is not measured is unknown, and says what to do about it. */
import { count } from '../core/count.js';
import type { Day } from './Day.js';
import { figure, type Figure, type Measured, type Target } from './Figure.js';
import { interval, ratioInterval, studentQuantile } from './interval.js';
import type { Material, Said } from './Material.js';
import { errorRate, memory, responseTime, storeTrip, successRate } from './statistics.js';
import { targets } from './targets.js';

type Statistic = (days: readonly Day[]) => number | null;

export function figures(material: Material): readonly Figure[] {
  return [
    uptime(material),
    compared(targets.responseTime, responseTime, ms, material),
    compared(targets.errors, errorRate, (value) => `${(value * 100).toFixed(2)} %`, material),
    compared(targets.memory, memory, (value) => `${Math.round(value)} MiB`, material),
    compared(targets.store, storeTrip, ms, material),
    success(material),
    satisfaction(material),
    tickets(material),
    adoption(material),
  ];
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

function uptime({ uptime: now, uptimeBefore }: Material): Figure {
  if (now === undefined) return unknown(targets.uptime, 'No heartbeat yet: the first minute is not over.');
  const { share, interval: bounds, minutes, gaps } = now;
  const days = minutes / 1440;
  const over = days < 1 ? count(minutes, 'minute') : `${days.toFixed(days < 10 ? 1 : 0)} days`;
  const basis = gaps.length === 0 ? `No gap in ${over}.` : `${count(gaps.length, 'gap')} in ${over}.`;
  return figure(targets.uptime, {
    value: share,
    interval: bounds,
    before: uptimeBefore?.share ?? null,
    basis,
  });
}

/** By how much more than in the baseline. */
function compared(
  target: Target,
  statistic: Statistic,
  show: (value: number) => string,
  { week, weekBefore, baseline }: Material,
): Figure {
  const value = statistic(week);
  if (value === null) return unknown(target, 'Nothing was measured in the last seven whole days.');
  if (baseline === null) {
    return unknown(target, `It is ${show(value)}; there is no baseline yet. /scorecard baseline sets one.`);
  }
  const usual = statistic(baseline.days);
  if (usual === null || usual <= 0)
    return unknown(target, `It is ${show(value)}; the baseline knows nothing of it.`);
  const bounds = ratioInterval(week, baseline.days, statistic);
  const before = statistic(weekBefore);
  return figure(target, {
    value: value / usual - 1,
    interval: bounds === null ? null : [bounds[0] - 1, bounds[1] - 1],
    before: before === null ? null : before / usual - 1,
    basis: `${show(value)}; baseline ${show(usual)}.${bounds === null ? tooFew : ''}`,
  });
}

const tooFew = ' Too few days for an interval.';

function success({ week, weekBefore }: Material): Figure {
  const value = successRate(week);
  if (value === null) return unknown(targets.success, 'No command ran in the last seven whole days.');
  const runs = week.reduce((sum, day) => sum + day.runs, 0);
  const bounds = interval(week, successRate);
  return figure(targets.success, {
    value,
    interval: bounds === null ? null : [Math.max(0, bounds[0]), Math.min(1, bounds[1])],
    before: successRate(weekBefore),
    basis: `Of ${count(runs, 'command')} in seven days.${bounds === null ? tooFew : ''}`,
  });
}

function satisfaction({ said, saidBefore }: Material): Figure {
  const { stars } = said;
  const value = mean(stars);
  if (value === null)
    return unknown(targets.satisfaction, 'Nobody rated a feature in seven days (/feedback).');
  const variance = stars.reduce((sum, one) => sum + (one - value) ** 2, 0) / (stars.length - 1);
  const width = studentQuantile(stars.length - 1) * Math.sqrt(variance / stars.length);
  return figure(targets.satisfaction, {
    value,
    interval: stars.length < 3 ? null : [Math.max(1, value - width), Math.min(5, value + width)],
    before: mean(saidBefore.stars),
    basis: `${count(stars.length, 'rating')} in seven days.`,
  });
}

function mean(values: Said['stars']): number | null {
  return values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** Counts of tickets where somebody pushes them, else what people reported by /report. */
function tickets({ tickets: pushed, said, saidBefore, baseline }: Material): Figure {
  if (pushed !== null) {
    const { value, baseline: usual, before } = pushed;
    const basis = `${value} a week, pushed; baseline ${usual}.`;
    return figure(targets.tickets, { ...counts(value, usual, before), basis });
  }
  if (baseline === null) {
    return unknown(
      targets.tickets,
      `${count(said.reports, 'report')} in seven days; there is no baseline yet.`,
    );
  }
  const basis = `${count(said.reports, 'report')} in seven days; baseline ${baseline.reports}. Push support-tickets for your own count.`;
  return figure(targets.tickets, { ...counts(said.reports, baseline.reports, saidBefore.reports), basis });
}

/** With fewer in both weeks together an interval reaches from nothing to anything. */
const fewestTickets = 5;

/** Counts as Poisson numbers on the log scale, with half a ticket more on each side so that none can be compared with some. */
function counts(value: number, usual: number, before: number | null): Omit<Measured, 'basis'> {
  const ratio = (count: number): number => (count + 0.5) / (usual + 0.5);
  const width = 1.96 * Math.sqrt(1 / (value + 0.5) + 1 / (usual + 0.5));
  const ln = Math.log(ratio(value));
  return {
    value: ratio(value) - 1,
    interval: value + usual < fewestTickets ? null : [Math.exp(ln - width) - 1, Math.exp(ln + width) - 1],
    before: before === null ? null : ratio(before) - 1,
  };
}

function adoption({ adopted }: Material): Figure {
  const eligible = adopted.reduce((sum, one) => sum + one.eligible, 0);
  if (eligible === 0) return unknown(targets.adoption, 'No feature came within the last 90 days.');
  const on = adopted.reduce((sum, one) => sum + one.guildsOn, 0);
  const value = Math.min(1, on / eligible);
  const features = adopted.length === 1 ? 'One new feature' : `${adopted.length} new features`;
  const basis = `${features}, on in ${on.toLocaleString('en-US')} of ${eligible.toLocaleString('en-US')} eligible guilds. Counted, not sampled.`;
  return figure(targets.adoption, { value, interval: [value, value], basis });
}

function unknown(target: Target, basis: string): Figure {
  return figure(target, { value: null, basis });
}
