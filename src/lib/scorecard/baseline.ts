/** `settings:scorecard`: the days that later ones are compared with. */
import { z } from 'zod';
import type { StoredDocument } from '../state/Store.js';
import { daySchema } from './Day.js';
import type { Baseline } from './Material.js';

export const baselineKey = 'scorecard';

const schema = z.object({
  from: z.number(),
  to: z.number(),
  days: z.array(daySchema),
  reports: z.number(),
  setBy: z.object({ id: z.string(), name: z.string(), at: z.number() }),
});

/** Null where none was set, or it cannot be read: figures are unknown then, and a new one can be set. */
export function readBaseline(document: StoredDocument | null): Baseline | null {
  const read = schema.safeParse(document?.baseline);
  return read.success ? read.data : null;
}
