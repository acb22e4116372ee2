/** Writes the receipt of a rollback whose proof is final. */
import type { Clock } from '../../../core/Clock.js';
import type { Json } from '../../../core/Json.js';
import type { AuditTrail, Fence } from '../../../state/Store.js';
import type { RollbackDocument } from '../../documents.js';
import type { Receipt, WriteReceipt } from '../../work.js';
import type { Proof } from '../Proof.js';
import { verdictOf } from '../verdict.js';
import { auditRuns } from './auditRuns.js';
import { digestOf, digestOfReceipt, receiptFormat, receiptText } from './Receipt.js';

export interface ReceiptOptions {
  readonly audit: Pick<AuditTrail, 'read' | 'head' | 'seal'>;
  readonly realTime: Clock;
}

/** The file is named `receipt-<id>.json`; the digest is the one that stands in it, over everything else. */
export function writingReceipts(options: ReceiptOptions): WriteReceipt {
  return (rollback, fence) => makeReceipt(rollback, options, fence);
}

/** @param fence the lease holder's, who seals what is not sealed yet; without it, as far as it is. Throws Unavailable, Fenced */
export async function makeReceipt(
  rollback: RollbackDocument,
  { audit, realTime }: ReceiptOptions,
  fence?: Fence,
): Promise<Receipt> {
  const head = fence === undefined ? await audit.head() : await audit.seal(fence);
  const { id, pressedAt } = rollback;
  const runs = await auditRuns(audit, head, { id, since: pressedAt });
  const parts = asJson({
    rollback: factsOf(rollback),
    steps: rollback.steps.map((step) => ({ ...step, facts: step.facts ?? null })),
    proof: rollback.proof ?? noProof(rollback),
    audit: { head, runs },
  });
  const digests = Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, digestOf(value)]));
  const body = { format: receiptFormat, version: 1, madeAt: realTime.now(), ...parts, digests };
  const digest = digestOfReceipt(body);
  return { digest, file: { name: `receipt-${id}.json`, text: receiptText({ ...body, digest }) } };
}

/** Nobody looked: that is what the receipt says. */
function noProof({ created: { at } }: RollbackDocument): Proof {
  return { beganAt: at, at, checks: [], verdict: verdictOf([]), isFinal: true };
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
