/** How many times the control's risk the canary's is, as far as the ticks tell: a point and an always-valid interval. */
import { assertAlpha, InvalidSetting } from './errors.js';
import { bets, lnFactor, lnLimit } from './eProcess.js';
import { logMeanExp } from './logSumExp.js';
import { lnMixture } from './starts.js';
import { assertTick, isComparable, type Tick } from './ticks.js';

export interface RiskRatioInterval {
  /** Point estimate; null where the control had no bad outcome to compare with. */
  readonly ratio: number | null;
  /** At least this, unless an event of chance `alpha` happened; 0 where not even {@link ratioGrid}'s first is proven. */
  readonly lower: number;
  /** At most this, likewise; null where not even the grid's last is excluded. */
  readonly upper: number | null;
}

export interface IntervalOptions {
  /** The chance, for each of the two limits, that it is ever wrong, however often one looks. */
  readonly alpha: number;
  /**
   * Indices of the ticks with which processes began, ascending: the limits then match E_total of {@link lnMixture}, and
   * `lower` reads "at some time at least". Without it: one process from the first tick.
   */
  readonly startsAt?: readonly number[];
}

const first = 0.5;
const last = 20;
const steps = 740;

/** The margins tried: 0.5 … 20, each 0.5 % above the one before. */
export const ratioGrid: readonly number[] = Array.from(
  { length: steps + 1 },
  (_, i) => first * (last / first) ** (i / steps),
);

const betsBelow = bets.map((bet) => 1 / bet);

/**
 * The limits are the largest margin rejected from below and the smallest rejected from above, where the upper one bets on
 * psi = psi0 / {1.25 … 10}. For a fixed bet k the summand's derivative in psi0 has the sign of 1 - k throughout, so that the
 * evidence is monotone in psi0 and a binary search finds what a scan of the grid would.
 *
 * @example
 * riskRatioInterval(ticks, { alpha: 0.05 }) // { ratio: 2.1, lower: 1.3, upper: 3.4 }
 * @throws InvalidObservation, InvalidSetting
 */
export function riskRatioInterval(
  ticks: readonly Tick[],
  { alpha, startsAt }: IntervalOptions,
): RiskRatioInterval {
  assertAlpha(alpha);
  ticks.forEach(assertTick);
  if (startsAt) assertStarts(startsAt, ticks.length);
  const rejects = (margin: number, against: readonly number[]): boolean =>
    lnEvidenceOf(ticks, margin, against, startsAt) >= lnLimit(alpha);
  const below = countWhile(ratioGrid, (margin) => rejects(margin, bets));
  const upTo = countWhile(ratioGrid, (margin) => !rejects(margin, betsBelow));
  return { ratio: riskRatio(ticks), lower: ratioGrid[below - 1] ?? 0, upper: ratioGrid[upTo] ?? null };
}

/**
 * The Mantel-Haenszel estimate over ticks, with exposures in place of person-years: drift of the base rate and changes of
 * the canary's share do not bias it. Null where the control had no bad outcome in a comparable tick.
 *
 * Source: Rothman, Greenland, Lash, Modern Epidemiology, 3rd ed. 2008, ch. 15.
 */
export function riskRatio(ticks: readonly Tick[]): number | null {
  let above = 0;
  let below = 0;
  for (const tick of ticks.filter(isComparable)) {
    const { canary, control } = tick;
    const total = canary.exposure + control.exposure;
    above += canary.bad * (control.exposure / total);
    below += control.bad * (canary.exposure / total);
  }
  return below > 0 ? above / below : null;
}

function lnEvidenceOf(
  ticks: readonly Tick[],
  margin: number,
  against: readonly number[],
  startsAt: readonly number[] | undefined,
): number {
  const sums = new Float64Array(against.length);
  const begun: Float64Array[] = [];
  const startTicks = new Set(startsAt ?? []);
  ticks.forEach((tick, index) => {
    if (startTicks.has(index)) begun.push(sums.slice());
    for (let i = 0; i < sums.length; i++) sums[i]! += lnFactor(tick, margin, against[i]!);
  });
  if (!startsAt) return logMeanExp(sums);
  return lnMixture(begun.map((before) => logMeanExp(sums.map((sum, i) => sum - before[i]!))));
}

/** How many entries of an ascending list, from its beginning, hold; once one does not, none after it may. */
function countWhile(values: readonly number[], holds: (value: number) => boolean): number {
  let from = 0;
  let to = values.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(values[middle]!)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function assertStarts(startsAt: readonly number[], ticks: number): void {
  const isAscending = startsAt.every(
    (at, i) => Number.isInteger(at) && at > (startsAt[i - 1] ?? -1) && at < ticks,
  );
  if (isAscending) return;
  throw new InvalidSetting('startsAt must name ticks by ascending index.', {
    next: 'Give for example [0, 24, 48].',
    context: { startsAt, ticks },
  });
}
