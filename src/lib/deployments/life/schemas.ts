/** Reads what stands in the store as this room's documents: it may be foreign, or written by hand. Looks at what would break us. */
import { z } from 'zod';
import type { StoredDocument } from '../../state/Store.js';
import { deploymentStates, type DeploymentDocument } from '../documents.js';
import type { GateResult } from '../gate/GateResult.js';
import { monitorSchema, usualSchema } from '../monitor/schema.js';

const stage = z.looseObject({
  name: z.string(),
  verdict: z.enum(['passed', 'failed', 'not-run']),
  tookMs: z.number(),
  criteria: z.array(z.looseObject({ text: z.string(), verdict: z.string(), why: z.string() })),
  sentence: z.string(),
  tail: z.string(),
});

const gateResult = z.looseObject({
  format: z.literal('rollouts-gate'),
  release: z.string(),
  commit: z.string().nullable(),
  startedAt: z.number(),
  endedAt: z.number(),
  verdict: z.enum(['passed', 'failed']),
  stages: z.array(stage),
});

const stamp = z.looseObject({ by: z.string(), at: z.number() });

const deployment = z.looseObject({
  v: z.number(),
  schema: z.literal(1),
  id: z.string(),
  environment: z.string(),
  version: z.string(),
  summary: z.string(),
  link: z.string().nullable(),
  state: z.enum(deploymentStates),
  revision: z.number(),
  source: z.enum(['person', 'github', 'webhook']),
  origin: z
    .looseObject({ ref: z.string().nullable(), commit: z.string().nullable(), at: z.number() })
    .nullable(),
  created: stamp.extend({ name: z.string() }),
  updated: stamp,
  entered: z.partialRecord(z.enum(deploymentStates), z.number()),
  gate: gateResult.nullable(),
  brokeGlass: stamp.nullable(),
  smoke: z
    .array(z.looseObject({ name: z.string(), verdict: z.enum(['passed', 'failed']), sentence: z.string() }))
    .nullable(),
  usual: usualSchema.nullable(),
  monitor: monitorSchema.nullable(),
  rollouts: z.array(z.string()),
  ended: stamp.extend({ why: z.string() }).nullable(),
  news: z.array(z.looseObject({ n: z.number(), text: z.string() })),
  newsCount: z.number(),
});

/** The deployment, or what is wrong with it in a few words. What is checked is enough for the rest to be what this room wrote. */
export function readDeployment(
  document: StoredDocument,
): { readonly document: DeploymentDocument } | { readonly problem: string } {
  const read = deployment.safeParse(document);
  if (read.success) return { document: document as unknown as DeploymentDocument };
  return { problem: problemOf(read.error) };
}

export interface KeptGate {
  readonly v: number;
  readonly schema: 1;
  readonly environment: string;
  readonly gate: GateResult;
}

const kept = z.looseObject({
  v: z.number(),
  schema: z.literal(1),
  environment: z.string(),
  gate: gateResult,
});

export function readGate(
  document: StoredDocument,
): { readonly document: KeptGate } | { readonly problem: string } {
  const read = kept.safeParse(document);
  if (read.success) return { document: document as unknown as KeptGate };
  return { problem: problemOf(read.error) };
}

function problemOf({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') || 'document'}: ${issue?.message ?? 'not readable'}`;
}
