/** A run of smoke tests as it stands in state: `deployments:smoke.<id>`. */
import { z } from 'zod';
import type { StoredDocument } from '../../state/Store.js';

export const runPrefix = 'smoke.';

const finding = z.object({ what: z.string(), ok: z.boolean(), detail: z.string() });
const result = z.object({
  name: z.string(),
  verdict: z.enum(['passed', 'failed']),
  tookMs: z.number(),
  findings: z.array(finding),
  sentence: z.string(),
});
const suiteResult = z.object({
  verdict: z.enum(['passed', 'failed']),
  tookMs: z.number(),
  results: z.array(result),
  leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
});

const run = z.object({
  v: z.number(),
  schema: z.literal(1),
  id: z.string(),
  /** A suite, or one test. */
  what: z.object({ suite: z.string() }).or(z.object({ test: z.string() })),
  /** `lost`: it was given up, or the process that ran it was gone, before its end. */
  state: z.enum(['running', 'passed', 'failed', 'lost']),
  created: z.object({ by: z.string(), name: z.string(), at: z.number(), reason: z.string().optional() }),
  /** The process that runs it, and its release. */
  process: z.string(),
  release: z.string(),
  /** The store's time by which it surely has ended, ms since epoch. */
  deadline: z.number(),
  /** Domain time, ms since epoch. */
  endedAt: z.number().nullable(),
  /** Null until it has ended. Of the findings only those that are not well are kept. */
  result: suiteResult.nullable(),
});

export type SmokeRunDocument = Readonly<z.infer<typeof run>>;

export function readRun(document: StoredDocument): SmokeRunDocument | undefined {
  const read = run.safeParse(document);
  return read.success ? read.data : undefined;
}
