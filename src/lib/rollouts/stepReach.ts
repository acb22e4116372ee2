/** Whom a step would newly reach, and what that asks of people: a second person, or a confirmation. Starting, advancing and the judge ask here. */
import type { Actor, RolloutServing } from '../flags/changes.js';
import type { FlagsService } from '../flags/FlagsService.js';
import type { Proposal } from '../flags/results.js';
import { approvalBasis, approvalNeeded, isApproved } from './approvals.js';
import type { RolloutDocument } from './documents.js';

export interface Reaching {
  readonly flags: FlagsService;
  /** Whether there are people who may approve; without any, nobody is asked. */
  readonly hasApprovers: boolean;
}

export interface StepReach {
  /** As a change of the flag would be proposed; nothing was changed. */
  readonly proposal: Proposal;
  /** Stands for what would be approved. */
  readonly basis: string;
  /** Why a second person has to agree first; null where nobody has to, or somebody has. */
  readonly secondPerson: string | null;
  /** It reaches so many that whoever asks has to see the numbers first. */
  readonly needsConfirmation: boolean;
}

/** @param step the plan's index, or one past the last for the completion. @throws UnknownFlag */
export async function reachOf(
  { flags, hasApprovers }: Reaching,
  document: RolloutDocument,
  step: number,
  serves: RolloutServing,
  by: Actor,
): Promise<StepReach> {
  const { proposal } = await flags.part({
    change: { do: 'rollout', flag: document.flag, serves },
    by,
    reason: 'asking what it would reach',
    overridesFreeze: true,
  });
  const basis = approvalBasis(document, step, flags.flag(document.flag));
  const why = approvalNeeded(document.plan, step, proposal.blast);
  const isAsked = hasApprovers && why !== null && !isApproved(document.approval, step, basis);
  return {
    proposal,
    basis,
    secondPerson: isAsked ? why : null,
    // What a plan wants two people for, one looks at twice where there is nobody else.
    needsConfirmation: proposal.needsConfirmation || (!hasApprovers && why !== null),
  };
}
