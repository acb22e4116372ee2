/** Reads what stands in the store as this room's documents: it may be foreign, or written by hand. Looks at what would break us. */
import { z } from 'zod';
import type { StoredDocument } from '../state/Store.js';
import {
  type EvidenceDocument,
  type JudgedTimeDocument,
  type RolloutDocument,
  rolloutStates,
  type TicksDocument,
} from './documents.js';

const head = { v: z.number(), schema: z.literal(1), id: z.string() };
const stamp = z.looseObject({ by: z.string(), at: z.number() });
const progress = z.looseObject({
  canaryGuilds: z.number(),
  controlGuilds: z.number(),
  chosenGuilds: z.number(),
  failingGuilds: z.number(),
  canaryRuns: z.number(),
  controlRuns: z.number(),
});
const plan = z.looseObject({
  name: z.string(),
  steps: z.array(z.looseObject({ name: z.string(), basisPoints: z.number(), durationMs: z.number() })).min(1),
  guards: z.array(
    z.looseObject({ metric: z.string(), margin: z.number(), alpha: z.number(), action: z.string() }),
  ),
  holdBackBasisPoints: z.number(),
});

const rollout = z.looseObject({
  ...head,
  flag: z.string(),
  plan,
  state: z.enum(rolloutStates),
  revision: z.number(),
  created: stamp,
  step: z.int().min(0),
  stepsBegan: z.array(z.number()),
  stepBeganJudgedMs: z.number(),
  stoppedJudgedMs: z.number().nullable(),
  targets: z.array(z.array(z.string())),
  before: z.object({ enabled: z.boolean(), basisPoints: z.number() }),
  progress,
  taken: z.array(z.array(z.number()).length(2)),
  ticks: z.number(),
  news: z.array(z.looseObject({ n: z.number() })),
});

const evidence = z.looseObject({
  ...head,
  guards: z.record(
    z.string(),
    z.looseObject({ margin: z.number(), lastTick: z.number(), peakLnE: z.number() }),
  ),
  sources: z.record(z.string(), z.looseObject({ until: z.number() })).optional(),
  seen: z.object({ canary: z.string(), control: z.string(), chosen: z.string(), failing: z.string() }),
  startsAt: z.array(z.number()),
});

const ticks = z.looseObject({
  ...head,
  ticks: z.array(z.looseObject({ unit: z.number(), step: z.number() })),
});

const judgedTime = z.looseObject({
  v: z.number(),
  schema: z.literal(1),
  judgedMs: z.number(),
  at: z.number(),
  realAt: z.number(),
});

export type Read<Document> = { readonly document: Document } | { readonly problem: string };

export const readRollout = reader<RolloutDocument>(rollout);
export const readEvidence = reader<EvidenceDocument>(evidence);
export const readTicks = reader<TicksDocument>(ticks);
export const readJudgedTime = reader<JudgedTimeDocument>(judgedTime);

/** What is checked is enough for the rest to be what this room wrote. */
function reader<Document>(schema: z.ZodType): (document: StoredDocument) => Read<Document> {
  return (document) => {
    const read = schema.safeParse(document);
    if (read.success) return { document: document as unknown as Document };
    const [issue] = read.error.issues;
    return { problem: `${issue?.path.join('.') || 'document'}: ${issue?.message ?? 'not readable'}` };
  };
}
