/** `settings:scorecard.metrics`: what CI pushed, a series a measure. */
import { z } from 'zod';

const point = z.object({ at: z.number(), value: z.number(), version: z.string().nullable() });

export const seriesSchema = z.object({
  baseline: z.object({ value: z.number(), at: z.number() }),
  /** Oldest first; domain time. */
  points: z.array(point),
});

export type Series = z.output<typeof seriesSchema>;

export const metricsKey = 'scorecard.metrics';
const mostPoints = 60;

export const allSeries = z.record(z.string(), seriesSchema);

/** The first value ever is what later ones are compared with, unless a baseline is pushed. */
export function withPush(
  known: Readonly<Record<string, Series>>,
  pushed: {
    readonly metrics: Readonly<Record<string, number>>;
    readonly baseline: Readonly<Record<string, number>>;
    readonly version: string | null;
    readonly at: number;
  },
): Record<string, Series> {
  const { metrics, baseline, version, at } = pushed;
  const next: Record<string, Series> = { ...known };
  for (const [name, value] of Object.entries(metrics)) {
    const before = next[name];
    next[name] = {
      baseline: before?.baseline ?? { value, at },
      points: [...(before?.points ?? []), { at, value, version }].slice(-mostPoints),
    };
  }
  for (const [name, value] of Object.entries(baseline)) {
    next[name] = { points: next[name]?.points ?? [], baseline: { value, at } };
  }
  return next;
}
