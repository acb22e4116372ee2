/** Reads what stands in the store as this room's documents: it may be foreign, or written by hand. Looks at what would break us. */
import { z } from 'zod';
import type { StoredDocument } from '../state/Store.js';
import { rollbackStates, rollbackTriggers, stepNames, type RollbackDocument } from './documents.js';

const stamp = z.looseObject({ by: z.string(), at: z.number(), name: z.string() });

const step = z.looseObject({
  name: z.enum(stepNames),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  detail: z.string(),
});

const descent = z.looseObject({
  affected: z.number(),
  batchSize: z.number().min(1),
  batches: z.array(z.looseObject({ ceiling: z.number(), guilds: z.number(), at: z.number() })),
  off: z.number(),
  nextAt: z.number().nullable(),
  hurried: z.looseObject({ at: z.number(), why: z.string() }).nullable(),
  evidence: z.looseObject({ state: z.looseObject({ lastTick: z.number() }), until: z.number() }),
});

const proof = z.looseObject({
  verdict: z.enum(['proven', 'failed', 'unknown']),
  isFinal: z.boolean(),
  checks: z.array(z.looseObject({ name: z.string(), verdict: z.string(), sentence: z.string() })),
});

const rollback = z.looseObject({
  v: z.number(),
  schema: z.literal(1),
  id: z.string(),
  kind: z.enum(['immediate', 'gradual', 'drill']),
  flag: z.string().nullable(),
  trigger: z.enum(rollbackTriggers),
  reason: z.string(),
  created: stamp,
  pressedAt: z.number(),
  offAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  state: z.enum(rollbackStates),
  revision: z.number(),
  steps: z.array(step),
  descent: descent.nullable(),
  rollouts: z.array(z.string()),
  before: z.array(z.looseObject({ key: z.string() })),
  affected: z.looseObject({ guilds: z.number(), members: z.number() }),
  withDatabase: z.boolean(),
  isCounted: z.boolean(),
  sample: z.array(z.string()),
  proof: proof.nullable(),
  acknowledged: stamp.optional(),
  receipt: z.string().nullable(),
  news: z.array(z.looseObject({ n: z.number() })),
  newsCount: z.number(),
});

/** The rollback, or what is wrong with it in a few words. What is checked is enough for the rest to be what this room wrote. */
export function readRollback(
  document: StoredDocument,
): { readonly document: RollbackDocument } | { readonly problem: string } {
  const read = rollback.safeParse(document);
  if (read.success) return { document: document as unknown as RollbackDocument };
  const [issue] = read.error.issues;
  return { problem: `${issue?.path.join('.') || 'document'}: ${issue?.message ?? 'not readable'}` };
}
