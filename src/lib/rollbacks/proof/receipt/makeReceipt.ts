/** Writes the receipt of a rollback whose proof is final. */
import type { Json } from '../../../core/Json.js';
import type { AuditTrail, Fence } from '../../../state/Store.js';
import type { RollbackDocument } from '../../documents.js';
import type { Proof } from '../Proof.js';
import { auditRuns } from './auditRuns.js';
import { digestOf, digestOfReceipt, receiptFormat, receiptText } from './Receipt.js';

export interface ReceiptOptions {
  readonly rollback: RollbackDocument;
  readonly proof: Proof;
  readonly audit: Pick<AuditTrail, 'read' | 'seal' | 'head'>;
  /** Of the lease holder, who seals: what is not sealed yet is sealed first. Undefined: as far as it is sealed. */
  readonly fence: Fence | undefined;
  /** Real time, ms since epoch. */
  readonly now: number;
}

export interface MadeReceipt {
  /** `rollback-<id>.json` */
  readonly fileName: string;
  readonly text: string;
  /** SHA-256 (hex): what stands in the document, in the audit and in the completion notice. */
  readonly digest: string;
}

/** Throws Unavailable, Fenced. */
export async function makeReceipt({
  rollback,
  proof,
  audit,
  fence,
  now,
}: ReceiptOptions): Promise<MadeReceipt> {
  const head = fence === undefined ? await audit.head() : await audit.seal(fence);
  const { id, pressedAt } = rollback;
  const runs = await auditRuns(audit, head, { id, since: pressedAt });
  const parts = asJson({
    rollback: factsOf(rollback),
    steps: rollback.steps.map((step) => ({ ...step, facts: step.facts ?? null })),
    proof: { beganAt: proof.beganAt, at: proof.at, verdict: proof.verdict, checks: proof.checks },
    audit: { head, runs },
  });
  const digests = Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, digestOf(value)]));
  const body = { format: receiptFormat, version: 1, madeAt: now, ...parts, digests };
  const digest = digestOfReceipt(body);
  return { fileName: `rollback-${id}.json`, text: receiptText({ ...body, digest }), digest };
}

function factsOf(rollback: RollbackDocument): object {
  const { id, kind, flag, trigger, reason, created, pressedAt, offAt, endedAt } = rollback;
  const { affected, sample, rollouts, descent } = rollback;
  return {
    ...{ id, kind, flag, trigger, reason, pressedAt, offAt, endedAt, affected, sample, rollouts, descent },
    by: { id: created.by, name: created.name },
    createdAt: created.at,
  };
}

/** Documents leave out what they do not know; so does the file. */
function asJson(value: object): { readonly [part: string]: Json } {
  return JSON.parse(JSON.stringify(value)) as { readonly [part: string]: Json };
}
