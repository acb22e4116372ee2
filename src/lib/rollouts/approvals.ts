/** When a second person has to agree to a step, and to what exactly. */
import { count } from '../core/count.js';
import { createHash } from 'node:crypto';
import type { FlagDocument } from '../flags/documents.js';
import type { BlastRadius } from '../flags/results.js';
import type { Approval, RolloutDocument } from './documents.js';
import type { Plan } from './plans/Plan.js';
import { servedBasisPoints, targetsUpTo } from './serving.js';

/** Why this step needs a second person; null where it does not. */
export function approvalNeeded({ approvals, steps }: Plan, step: number, blast: BlastRadius): string | null {
  if (blast.guilds === 0 || approvals.required === 'never') return null;
  const reach = `${count(blast.guilds, 'guild')} with ${count(blast.members, 'member')} would newly get it`;
  const name = steps[step]?.name ?? 'the completion';
  if (approvals.required === 'always') return `The plan asks for it at every step: with ${name}, ${reach}.`;
  if (blast.members > approvals.members)
    return `With ${name}, ${reach}: more than ${count(approvals.members, 'member')}.`;
  if (blast.guilds > approvals.share * blast.outOf) {
    return `With ${name}, ${reach}: more than ${approvals.share * 100} % of all guilds.`;
  }
  return null;
}

/** Stands for what is approved: the step, whom it serves, and how the flag stands. Anything else needs a new approval. */
export function approvalBasis(document: RolloutDocument, step: number, flag: FlagDocument): string {
  const { plan } = document;
  const what = [
    step,
    plan.steps[step] ?? 'completion',
    servedBasisPoints(document, step),
    targetsUpTo(document, step),
    flag.enabled,
    flag.seed,
    flag.requires,
    Object.entries(flag.cohorts).map(([name, { override }]) => [name, override]),
  ];
  return createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 16);
}

/** Whether the step was approved as it would be now. */
export function isApproved(approval: Approval | null, step: number, basis: string): boolean {
  return approval !== null && approval.given !== null && approval.step === step && approval.basis === basis;
}
