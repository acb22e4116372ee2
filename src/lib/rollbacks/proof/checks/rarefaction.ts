/**
 * Makes quarter hours with more and with fewer runs comparable. Who runs five times as many commands fails at least once in far more
 * quarter hours, though no command fails more often; so each counts as if only so many of its runs had been looked at.
 *
 * Source: Hurlbert, The Nonconcept of Species Diversity, Ecology 52 (1971): the expectation over all samples of one size.
 */
import type { BaseCounts } from '../../../health/recording/HealthRecords.js';

type Counts = Pick<BaseCounts, 'runs' | 'failures'>;

/**
 * The chance, 0…1, that at least one of `sample` runs failed, drawn from all of them. It holds for runs that fail each by itself
 * (the chance is that of `sample` runs) and for a guild in which everything fails (it is 1) alike.
 */
export function failsAmong({ runs, failures }: Counts, sample: number): number {
  const drawn = Math.min(sample, runs);
  // None of the failures among the drawn, or none of the drawn among the failures: the same, and one product is shorter.
  const [factors, other] = failures < drawn ? [failures, drawn] : [drawn, failures];
  let allWell = 1;
  for (let i = 0; i < factors; i++) allWell *= Math.max(0, runs - other - i) / (runs - i);
  return 1 - allWell;
}

/** What a quarter hour weighs that has fewer runs than the sample, 0…1. */
export function weightOf({ runs }: Counts, sample: number): number {
  return Math.min(runs, sample) / sample;
}

/** So many runs as three of four quarter hours have, on the side that has fewer; at least one. */
export function sampleFor(one: readonly Counts[], other: readonly Counts[]): number {
  const sides = [one, other].filter((side) => side.length > 0).map(lowerQuartile);
  return sides.length === 0 ? 1 : Math.max(1, Math.min(...sides));
}

function lowerQuartile(counts: readonly Counts[]): number {
  const sorted = counts.map(({ runs }) => runs).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 4)] ?? 1;
}
