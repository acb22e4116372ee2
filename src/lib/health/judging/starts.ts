/**
 * Many e-processes of one comparison, begun one after another, as one: a single process from the beginning lets healthy
 * days bury later harm, a fresh one every few hours does not.
 */
import { InvalidObservation } from './errors.js';
import { logSumExp } from './logSumExp.js';

/** ln of the weight of the n-th start, n = 1, 2, …: the weights 1 / (n (n + 1)) of all starts to come add up to 1. */
export function lnWeight(nth: number): number {
  return -Math.log(nth) - Math.log(nth + 1);
}

/**
 * ln E_total = ln( sum over started n = 1…J of E_n / (n (n + 1)) + 1 / (J + 1) ), oldest start first.
 *
 * A convex mixture of e-processes, hence one itself; a process that has not begun is worth 1, and all of those together
 * weigh 1 / (J + 1). 0 where none has begun. `-Infinity` stands for evidence of 0.
 *
 * @throws InvalidObservation where an entry is NaN.
 */
export function lnMixture(startsLnE: readonly number[]): number {
  const notBegun = -Math.log(startsLnE.length + 1);
  return logSumExp([...startsLnE.map(weighted), notBegun]);
}

function weighted(lnE: number, index: number): number {
  if (!Number.isNaN(lnE)) return lnE + lnWeight(index + 1);
  throw new InvalidObservation(`The evidence of start ${index + 1} is not a number.`, {
    next: 'Look at what calculated it.',
    context: { index },
  });
}
