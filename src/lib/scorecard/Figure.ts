/** One figure of the scorecard as it is shown: plain data, so that the card, the report and JSON say the same. */

/**
 * `met` and `missed`: the whole interval lies on that side of the target · `open`: it holds the target, or there are too few
 * days for one · `unknown`: nothing was measured.
 */
export type FigureVerdict = 'met' | 'missed' | 'open' | 'unknown';

export interface Figure {
  /** `uptime`, `response-time`, …: stable, for machines. */
  readonly name: string;
  readonly title: string;
  /** As a person reads it: "above 99.9 %". */
  readonly target: string;
  /** In the unit of the target: shares and changes as fractions, ratings in stars; null = unknown. */
  readonly value: number | null;
  /** 95 %, in the same unit; null = not known. */
  readonly interval: readonly [lower: number, upper: number] | null;
  /** "+3.1 % (-1.0 % … +7.4 %)", or "unknown". */
  readonly shown: string;
  /** Against the week before: `same` where that lies within the interval; null = not known. */
  readonly trend: 'better' | 'same' | 'worse' | null;
  readonly verdict: FigureVerdict;
  /** What it rests on, or why it is unknown and what to do: one sentence. */
  readonly basis: string;
}

export interface Target {
  readonly name: string;
  readonly title: string;
  readonly target: string;
  readonly limit: number;
  readonly good: 'above' | 'below';
  readonly show: (value: number) => string;
}

export interface Measured {
  readonly value: number | null;
  readonly interval?: readonly [number, number] | null;
  /** The same for the week before. */
  readonly before?: number | null;
  readonly basis: string;
}

export function figure(
  { name, title, target, limit, good, show }: Target,
  { value, interval = null, before = null, basis }: Measured,
): Figure {
  const all = { name, title, target, value, interval, basis };
  if (value === null) return { ...all, interval: null, shown: 'unknown', trend: null, verdict: 'unknown' };
  const sign = good === 'above' ? 1 : -1;
  const [lower, upper] = interval ?? [-Infinity, Infinity];
  const isMet = good === 'above' ? lower > limit : upper < limit;
  const isMissed = good === 'above' ? upper <= limit : lower >= limit;
  // Neither what lies within the noise nor a hundredth of the target is news.
  const isNews =
    before !== null &&
    (before < lower || before > upper || interval === null) &&
    Math.abs(value - before) >= Math.abs(limit) / 100;
  const range = interval === null || interval[0] === interval[1] ? '' : ` (${show(lower)} … ${show(upper)})`;
  return {
    ...all,
    shown: `${show(value)}${range}`,
    trend: before === null ? null : trendOf((value - before) * sign, isNews),
    verdict: isMet ? 'met' : isMissed ? 'missed' : 'open',
  };
}

function trendOf(gain: number, isNews: boolean): 'better' | 'same' | 'worse' {
  if (!isNews) return 'same';
  return gain > 0 ? 'better' : 'worse';
}
