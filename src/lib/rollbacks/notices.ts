/** Who is told of what: a rollback's beginning and end are everybody's, what happens between is operations'. */
import type { Card, Notice } from '../alerts/Card.js';
import {
  rollbackCancelled,
  rollbackEverywhere,
  rollbackHurried,
  rollbackInitiated,
  rollbackPaused,
  rollbackResumed,
  rollbackReturning,
  rollbackStepFailed,
} from '../alerts/wording/rollback.js';
import { rollbackCompleted, rollbackProofKnown } from '../alerts/wording/rollbackEnd.js';
import { batchCount, minutesFor } from './descent/batches.js';
import { isProvenGood } from './transitions.js';
import type { RollbackDocument, StepName } from './documents.js';
import type { Receipt } from './work.js';

/** On-call is pinged once, by the first word. A drill is operations' alone, and wakes nobody. */
export function initiated(document: RollbackDocument): readonly Notice[] {
  const { descent } = document;
  const minutes = descent === null ? undefined : minutesFor(batchCount(descent));
  return everybody(document, rollbackInitiated(document, minutes), document.kind !== 'drill');
}

export function hurried(document: RollbackDocument, why: string): readonly Notice[] {
  return everybody(document, rollbackHurried(document, why), true);
}

export function paused(document: RollbackDocument): readonly Notice[] {
  const { descent } = document;
  return [operations(document, rollbackPaused(document, descent?.off ?? 0, descent?.affected ?? 0))];
}

export function resumed(document: RollbackDocument): readonly Notice[] {
  return [operations(document, rollbackResumed(document))];
}

export function returning(document: RollbackDocument): readonly Notice[] {
  return everybody(document, rollbackReturning(document), false);
}

export function cancelled(document: RollbackDocument): readonly Notice[] {
  return everybody(document, rollbackCancelled(document), false);
}

export function everywhere(document: RollbackDocument, afterMs: number): readonly Notice[] {
  return everybody(document, rollbackEverywhere(document, afterMs), false);
}

/** Where the previous version does not come up, somebody has to look at once. */
const wakes: ReadonlySet<StepName> = new Set<StepName>(['bring-up', 'hand-over']);

/** @param meaning what is not done because of it, a sentence each */
export function stepFailed(
  document: RollbackDocument,
  name: StepName,
  detail: string,
  meaning: readonly string[],
): readonly Notice[] {
  const pings = wakes.has(name) && document.kind !== 'drill';
  return [operations(document, rollbackStepFailed(document, { name, detail }, meaning), pings)];
}

export function completed(document: RollbackDocument, receipt: Receipt | undefined): readonly Notice[] {
  return everybody(document, rollbackCompleted(document, document), false, receipt);
}

export function proofKnown(document: RollbackDocument, receipt: Receipt | undefined): readonly Notice[] {
  return everybody(document, rollbackProofKnown(document, document), false, receipt);
}

function everybody(
  document: RollbackDocument,
  card: Card,
  pingOnCall: boolean,
  receipt?: Receipt,
): readonly Notice[] {
  const file = receipt === undefined ? {} : { file: receipt.file };
  const first = { ...operations(document, card, pingOnCall), ...file };
  if (document.kind === 'drill') return [first];
  return [
    first,
    { kind: 'rollback', to: 'dev-team', card, ...file },
    { kind: 'rollback', to: 'management', card, ...file },
  ];
}

/** Its rollouts' judge may have called for the same. */
function operations(document: RollbackDocument, card: Card, pingOnCall = false): Notice {
  const { id, state, rollouts } = document;
  const isOver = state === 'cancelled' || isProvenGood(document);
  return {
    ...{ kind: 'rollback', to: 'operations', card },
    ...(pingOnCall && { pingOnCall, trouble: id }),
    ...(isOver && { over: [id, ...rollouts] }),
  };
}
