import { z } from 'zod';
import { RolloutError } from '../../core/RolloutError.js';
import { measures, ticketsMeasure } from './measures.js';

export interface Push {
  readonly version: string | null;
  readonly metrics: Readonly<Record<string, number>>;
  /** What later values are compared with, in place of what was. */
  readonly baseline: Readonly<Record<string, number>>;
}

/** What was pushed cannot be taken in; nothing was changed. */
export class BadMetrics extends RolloutError {
  public readonly code = 'BAD_METRICS';

  public constructor(message: string) {
    super(message, { next: `Figures: ${known}.` });
  }
}

const names = [...Object.keys(measures), ticketsMeasure];
const known = names.join(', ');

const values = z.partialRecord(z.enum(names, `expected one of ${known}`), z.number().min(0).max(1e9));

const schema = z.strictObject({
  event: z.literal('metrics').optional(),
  version: z.string().min(1).max(100).optional(),
  metrics: values.optional(),
  baseline: values.optional(),
});

/** The body of a push as JSON. @throws BadMetrics */
export function readPush(body: unknown): Push {
  const read = schema.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    if (issue?.code === 'unrecognized_keys' && issue.path.length === 1)
      throw new BadMetrics(`There is no figure "${issue.keys[0]}".`);
    const where = issue === undefined || issue.path.length === 0 ? 'The body' : issue.path.join('.');
    throw new BadMetrics(`${where}: ${issue?.message ?? 'not readable'}.`);
  }
  const { version = null, metrics = {}, baseline = {} } = read.data;
  if (Object.keys(metrics).length + Object.keys(baseline).length === 0) {
    throw new BadMetrics('There is no figure in it.');
  }
  return { version, metrics: defined(metrics), baseline: defined(baseline) };
}

function defined(values: Readonly<Partial<Record<string, number>>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
