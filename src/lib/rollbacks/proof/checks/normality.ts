/**
 * "Performance restored" and "error rate normal": the guilds that had it, in the quarter hours after, against what is usual.
 *
 * A unit is one guild in one quarter of an hour. For errors its outcome is the chance that any of its runs failed, of as many as
 * are looked at on both sides, so that more traffic is not more harm (`rarefaction.ts`); for times it is the fraction of its runs
 * that were slower than a cut, which is the margin times as long after the rollback as before. The
 * ratio of the two risks gets an always-valid interval (`health/judging/riskRatio.ts`), and the check is passed where the
 * interval's upper limit is below the limit, failed where its lower limit is above it, else unknown. Errors that are so rare
 * that there is nothing to compare (surely in fewer than 1 of 100 units, and no more often than usual as far as one sees) are
 * normal, too: a bot that never fails could not be told from itself.
 */
import { count } from '../../../core/count.js';
import { z } from 'zod';
import type { Json } from '../../../core/Json.js';
import { riskRatioInterval } from '../../../health/judging/riskRatio.js';
import type { Tick } from '../../../health/judging/ticks.js';
import { type CheckFinding, type Conclusion } from './Finding.js';

/** The chance, for each limit of the interval, that it is ever wrong. */
export const normalityAlpha = 0.05;

/** A receipt may have been changed by hand: what cannot be counted is no evidence, and breaks nobody who reads it. */
const counts = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const arm = z.object({ bad: counts, exposure: counts });

export const normalityEvidence = z.object({
  metric: z.enum(['errors', 'times']),
  /**
   * `before`: with the same guilds at the same times of the seven days before the feature · `others`: with guilds that never
   * had it, at the same times · `nothing`: there is nothing to compare with · `nobody`: nobody had it on.
   */
  comparedWith: z.enum(['before', 'others', 'nothing', 'nobody']),
  /** How many times the usual is still normal. */
  margin: z.number(),
  /** Times: where "slow" begins before the rollback, ms; null for errors. */
  cutMs: z.number().nullable(),
  alpha: z.number(),
  /** Of the units after the rollback, unweighted: how many there are, and how many were bad. */
  seen: z.object({ units: z.int().min(0), bad: counts }),
  /** One a quarter hour, `canary` after the rollback, `control` the usual. */
  ticks: z.array(z.object({ unit: z.int(), canary: arm, control: arm })),
  /** Distinct guilds that had it and were active since. */
  guilds: z.int(),
  ratio: z.number().nullable(),
  lower: z.number(),
  upper: z.number().nullable(),
  /** There is no later look. */
  isLast: z.boolean(),
});

export type NormalityEvidence = z.infer<typeof normalityEvidence>;

export interface Compared extends Pick<
  NormalityEvidence,
  'metric' | 'comparedWith' | 'margin' | 'cutMs' | 'seen' | 'guilds' | 'isLast'
> {
  readonly ticks: readonly (Tick & { readonly unit: number })[];
}

export function normality({ ticks, ...compared }: Compared): CheckFinding {
  const rounded = ticks.map(({ unit, canary, control }) => ({
    unit,
    canary: roundedArm(canary),
    control: roundedArm(control),
  }));
  const seen: NormalityEvidence = {
    ...compared,
    alpha: normalityAlpha,
    ticks: rounded,
    ...intervalOf(rounded, normalityAlpha),
  };
  return { ...conclude(seen), evidence: seen };
}

/** The same from evidence alone, the interval calculated anew; undefined where it is none. */
export function concludeNormality(seen: Json): Conclusion | undefined {
  const read = normalityEvidence.safeParse(seen);
  if (!read.success || !(read.data.alpha > 0 && read.data.alpha < 1)) return undefined;
  return conclude({ ...read.data, ...intervalOf(read.data.ticks, read.data.alpha) });
}

/** What is written is what is calculated with, so that a reader comes to the same numbers. */
function roundedArm({ bad, exposure }: Tick['canary']): Tick['canary'] {
  return { bad: rounded(bad), exposure: rounded(exposure) };
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function intervalOf(
  ticks: readonly Tick[],
  alpha: number,
): Pick<NormalityEvidence, 'ratio' | 'lower' | 'upper'> {
  const { ratio, lower, upper } = riskRatioInterval(ticks, { alpha });
  return {
    ratio: ratio === null ? null : rounded(ratio),
    lower: rounded(lower),
    upper: upper === null ? null : rounded(upper),
  };
}

/** Times carry their margin in the cut: of the slow runs there may be as many as before. */
function limitOf({ metric, margin }: NormalityEvidence): number {
  return metric === 'errors' ? margin : 1;
}

/** How long a unit is. */
const unitMinutes = 15;

/** Fewer than this of all units is rare. */
const rare = 0.01;
/** So large that its rate counts as known: the interval is then that of one rate alone. */
const known = 1e9;

/** Surely rarer than that, and not seen to be more often than usual. */
function isRare({ metric, seen, ratio, margin, alpha }: NormalityEvidence): boolean {
  if (metric !== 'errors' || (ratio !== null && ratio > margin)) return false;
  if (ratio === null && seen.bad > 0) return false;
  const tick = {
    canary: { bad: seen.bad, exposure: seen.units },
    control: { bad: rare * known, exposure: known },
  };
  const { upper } = riskRatioInterval([tick], { alpha });
  return upper !== null && upper < 1;
}

function conclude(seen: NormalityEvidence): Conclusion {
  const { comparedWith, lower, upper, ticks, guilds } = seen;
  if (comparedWith === 'nobody')
    return { verdict: 'passed', sentence: 'Nobody had it on, so that nothing has to be restored.' };
  const limit = limitOf(seen);
  const words = inWords(seen);
  const amount = `Measured for ${ticks.length * unitMinutes} min in ${count(guilds, 'active guild')}.`;
  if (upper !== null && upper < limit) return { verdict: 'passed', sentence: `${words}. ${amount}` };
  if (lower > limit)
    return {
      verdict: 'failed',
      sentence: `${words}. ${amount} It has another cause, or the rollback is not complete: look at what else changed.`,
    };
  if (isRare(seen)) {
    const of = `${seen.seen.bad} of ${seen.seen.units} quarter hours of a guild`;
    return { verdict: 'passed', sentence: `Errors in ${of}: surely in fewer than 1 of 100. ${amount}` };
  }
  return { verdict: 'unknown', sentence: whyUnknown(seen, words, amount) };
}

function whyUnknown(
  { comparedWith, ticks, isLast }: NormalityEvidence,
  words: string,
  amount: string,
): string {
  if (comparedWith === 'nothing')
    return 'Not known: nothing was measured before the feature, and there is no guild that never had it.';
  const when = isLast ? 'Not enough data within the hour' : 'Not enough data yet';
  if (ticks.length === 0)
    return isLast ? `${when}.` : `${when}: the first quarter of an hour after it is not over.`;
  return `${when}. ${words}. ${amount}`;
}

/** `Errors: 0.21× as many as before it (surely from 0× to 9.71×; normal is below 1.2×)` */
function inWords(seen: NormalityEvidence): string {
  const { metric, comparedWith, margin, lower, upper, ratio, cutMs } = seen;
  const usual = comparedWith === 'before' ? 'before it' : 'in guilds that never had it';
  const slow = metric === 'errors' || cutMs === null ? '' : ` slower than ${ms(cutMs * margin)}`;
  const what = metric === 'errors' ? 'Errors' : `Commands${slow}`;
  const as = metric === 'errors' || cutMs === null ? '' : `were slower than ${ms(cutMs)} `;
  const often = ratio === null ? 'too few to be compared with those' : `${times(ratio)} as many as`;
  const range =
    upper === null ? `surely ${times(lower)} or more` : `surely from ${times(lower)} to ${times(upper)}`;
  return `${what}: ${often} ${as}${usual} (${range}; normal is below ${times(limitOf(seen))})`;
}

function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en-US')} ms`;
}

function times(value: number): string {
  return `${value < 10 ? Math.round(value * 100) / 100 : Math.round(value)}×`;
}
