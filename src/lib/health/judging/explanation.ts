/** What a comparison found, in numbers that a person can check and in one or two plain sentences. */
import { lnLimit } from './eProcess.js';
import type { Comparison } from './verdict.js';

export interface Explanation {
  readonly metric: string;
  /** Canary over control as measured; null = the control had nothing bad to compare with. */
  readonly ratio: number | null;
  /** Proven lower limit of the ratio; 0 = none. The text rounds limits to the safe side. */
  readonly atLeast: number;
  /** The smallest rise that is excluded; null = nothing below 20 times is. */
  readonly couldHaveMissed: number | null;
  /** Were the canary within its margin, evidence as strong would appear in fewer than 1 of this many rollouts. */
  readonly oneIn: number;
  /** Whether the evidence reached its limit. */
  readonly isProven: boolean;
  readonly text: string;
}

/** Beyond this a number impresses more than it informs. */
const mostRollouts = 1_000_000;

/**
 * @param comparison one with an interval.
 * @param guilds how many distinct guilds of the canary the numbers come from.
 */
export function explain(comparison: Comparison, guilds: number): Explanation {
  const { metric, margin, alpha, peakLnE, interval } = comparison;
  const ratio = interval?.ratio ?? null;
  const atLeast = interval?.lower ?? 0;
  const couldHaveMissed = interval?.upper ?? null;
  const isProven = peakLnE >= lnLimit(alpha);
  // Rounded down: the chance is at most 1 / E (Ville 1939), and rounding must not claim more.
  const oneIn = Math.max(1, Math.min(mostRollouts, Math.floor(Math.exp(peakLnE))));
  const measured = measuredText(metric, ratio, guilds);
  const text = isProven
    ? `${measured}${atLeast > 0 ? `, at least ${times(atLeast, Math.floor)}` : ''}. ${doubtText(margin, oneIn)}`
    : `${measured}. ${missedText(couldHaveMissed)}`;
  return { metric, ratio, atLeast, couldHaveMissed, oneIn, isProven, text };
}

/** What is counted, as people say it; a metric of another system by its own name. */
const counted: Readonly<Record<string, string>> = {
  errors: 'errors',
  latency: 'slow commands',
  satisfaction: 'bad ratings',
};

/** `latency` -> `slow commands`. */
export function countedIn(metric: string): string {
  return counted[metric] ?? metric;
}

function measuredText(metric: string, ratio: number | null, guilds: number): string {
  const said = countedIn(metric);
  const name = said.charAt(0).toUpperCase() + said.slice(1);
  const where = `in ${guilds} ${guilds === 1 ? 'guild' : 'guilds'}`;
  return ratio === null
    ? `${name}: the control had none to compare with, ${where}`
    : `${name} ran ${times(ratio)} the control's ${where}`;
}

function doubtText(margin: number, oneIn: number): string {
  const supposed = margin === 1 ? 'Were nothing wrong' : `Were it no more than ${times(margin)}`;
  const rollouts = oneIn === 1 ? 'any rollout' : `fewer than 1 of ${oneIn.toLocaleString('en')} rollouts`;
  return `${supposed}, evidence this strong would appear in ${rollouts}, however often we look.`;
}

function missedText(couldHaveMissed: number | null): string {
  return couldHaveMissed === null
    ? 'Too little was seen to rule out any rise.'
    : `A rise to ${times(couldHaveMissed, Math.ceil)} could have been missed.`;
}

/** 2.13 -> "2.1x"; below 1.2 two decimals, since 1.04 and 1.14 are not the same news. */
function times(ratio: number, round: (value: number) => number = Math.round): string {
  const scale = ratio < 1.195 ? 100 : ratio < 9.95 ? 10 : 1;
  // toFixed first: 1.2 * 10 must not become 12.000000000000002 and be rounded up to 13.
  return `${round(Number((ratio * scale).toFixed(6))) / scale}x`;
}
