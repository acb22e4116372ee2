/** What a rollback leaves in somebody's hands: a file that says what was done and found, and that can be verified without the bot. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../../../core/Json.js';
import { canonicalJson } from '../../../state/audit/chain.js';
import { checkNames } from '../Proof.js';

export const receiptFormat = 'rollouts-rollback-receipt';

const json: z.ZodType<Json> = z.json();
const verdict = z.enum(['passed', 'failed', 'unknown']);

const auditEntry = z.object({
  id: z.string(),
  seq: z.number(),
  commitId: z.string(),
  op: z.string(),
  at: z.number(),
  body: json,
  seal: z.string(),
});

/** Times are real time (ms since epoch) but where it says domain time. */
export const receiptSchema = z.object({
  format: z.literal(receiptFormat),
  version: z.literal(1),
  madeAt: z.number(),
  rollback: z.object({
    id: z.string(),
    kind: z.enum(['immediate', 'gradual', 'drill']),
    /** null = everything. */
    flag: z.string().nullable(),
    trigger: z.string(),
    reason: z.string(),
    by: z.object({ id: z.string(), name: z.string() }),
    /** Domain time. */
    createdAt: z.number(),
    pressedAt: z.number(),
    offAt: z.number().nullable(),
    endedAt: z.number().nullable(),
    affected: z.object({ guilds: z.number(), members: z.number() }),
    /** Guilds that processes were asked about. */
    sample: z.array(z.string()),
    rollouts: z.array(z.string()),
    /** Of a gradual one: how it came down. */
    descent: json,
  }),
  steps: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      startedAt: z.number().nullable(),
      endedAt: z.number().nullable(),
      detail: z.string(),
      facts: json,
    }),
  ),
  /** Times in domain time. */
  proof: z.object({
    beganAt: z.number(),
    at: z.number(),
    verdict: z.enum(['proven', 'failed', 'unknown']),
    checks: z.array(
      z.object({
        name: z.enum(checkNames),
        verdict,
        sentence: z.string(),
        evidence: json,
        at: z.number(),
      }),
    ),
  }),
  audit: z.object({
    /** The sealed head when the receipt was made. */
    head: z.object({ count: z.number(), id: z.string(), seal: z.string() }),
    /**
     * Entries that follow each other, with the seal before the first, so that each run's seals can be calculated anew. All
     * that speak of this rollback are in one.
     */
    runs: z.array(z.object({ before: z.string(), entries: z.array(auditEntry) })),
  }),
  /** SHA-256 (hex) of each part in canonical JSON: they say which one was changed. */
  digests: z.object({ rollback: z.string(), steps: z.string(), proof: z.string(), audit: z.string() }),
  /** SHA-256 (hex) over all of it but this. */
  digest: z.string(),
});

export type Receipt = Readonly<z.infer<typeof receiptSchema>>;
export type ReceiptEntry = Receipt['audit']['runs'][number]['entries'][number];

export const receiptParts = ['rollback', 'steps', 'proof', 'audit'] as const;
export type ReceiptPart = (typeof receiptParts)[number];

export function digestOf(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** Of everything but the digest itself. */
export function digestOfReceipt(receipt: { readonly [field: string]: Json }): string {
  return digestOf(Object.fromEntries(Object.entries(receipt).filter(([field]) => field !== 'digest')));
}

/** The file: the same content is always the same bytes. */
export function receiptText(receipt: Json): string {
  return `${JSON.stringify(sorted(receipt), null, 2)}\n`;
}

function sorted(value: Json): Json {
  return JSON.parse(canonicalJson(value)) as Json;
}
