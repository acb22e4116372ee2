/** Durations as people write them in our files: a number and a unit. */
import { z } from 'zod';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
export type DurationUnit = keyof typeof unitMs;

/** More than a year is surely a slip. */
const longestMs = 366 * unitMs.d;

/**
 * A duration longer than nothing, in one of these units; answers ms.
 *
 * @param examples as a person reads them, "90m, 24h or 3d"
 */
export function durationIn(units: readonly DurationUnit[], examples: string) {
  const shape = new RegExp(`^\\s*\\d+(\\.\\d+)?\\s*[${units.join('')}]\\s*$`);
  return z
    .string(`expected a duration such as ${examples}`)
    .regex(shape, `expected a duration such as ${examples}`)
    .transform((text) => Number.parseFloat(text) * unitMs[text.trim().slice(-1) as DurationUnit])
    .refine((ms) => ms > 0, 'a duration must be longer than nothing')
    .refine((ms) => ms <= longestMs, 'a year is the longest duration');
}
