/**
 * Whether guilds reach the arms in the plan's shares: where they do not, something loses or favours guilds of one arm, and no
 * comparison between the arms can be trusted.
 *
 * Source: Lindon, Malek, "Anytime-Valid Inference for Multinomial Count Data", NeurIPS 2022 (arXiv 2011.03567, 2020).
 */
import { assertAlpha, assertCount, assertPositive, InvalidSetting } from './errors.js';
import { lnLimit } from './eProcess.js';
import { lnGamma } from './lnGamma.js';

/**
 * ln of the Bayes factor of "any shares" (uniform Dirichlet prior) against the expected shares. Under these it is a
 * supermartingale from 1, so that it may be looked at after every unit.
 *
 * @param counts units seen in each group.
 * @param shares expected share of each group, adding up to 1.
 * @throws InvalidObservation, InvalidSetting
 */
export function lnShareEvidence(counts: readonly number[], shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  const isDistribution = shares.every((share) => share > 0) && Math.abs(sum - 1) < 1e-9;
  if (!isDistribution || counts.length !== shares.length) {
    throw new InvalidSetting('The expected shares must be above 0 and add up to 1, one for each count.', {
      next: 'Give for example [0.1, 0.9].',
      context: { counts, shares },
    });
  }
  let lnE =
    lnGamma(counts.length) - lnGamma(counts.length + counts.reduce((total, count) => total + count, 0));
  counts.forEach((count, group) => {
    assertCount('A count of guilds', count);
    lnE += lnGamma(1 + count) - count * Math.log(shares[group]!);
  });
  return lnE;
}

export interface SampleRatio {
  readonly canary: number;
  readonly control: number;
  /** The canary's share by the plan, above 0 and below 1. */
  readonly expectedShare: number;
  readonly lnE: number;
  /** What `lnE` must reach in this phase. */
  readonly lnLimit: number;
  readonly isMismatch: boolean;
}

export interface SampleRatioOptions {
  readonly expectedShare: number;
  /** How many phases the plan compares; alpha is shared out among them, since they test the same guilds again. */
  readonly phases: number;
  /** The chance of ever finding a mismatch where there is none, over all phases. @default 0.005 */
  readonly alpha?: number;
}

/**
 * The test for one phase over the distinct randomised guilds that were active in it. A mismatch stays one until the phase
 * ends: the caller keeps it, as it keeps every verdict.
 *
 * @throws InvalidObservation, InvalidSetting
 */
export function sampleRatio(
  { canary, control }: { readonly canary: number; readonly control: number },
  { expectedShare, phases, alpha = 0.005 }: SampleRatioOptions,
): SampleRatio {
  assertAlpha(alpha);
  assertPositive('phases', phases);
  const lnE = lnShareEvidence([canary, control], [expectedShare, 1 - expectedShare]);
  const limit = lnLimit(alpha / phases);
  return { canary, control, expectedShare, lnE, lnLimit: limit, isMismatch: lnE >= limit };
}
