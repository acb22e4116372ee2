/** Which step comes next, and which are better left alone. Pure. */
import { isAhead, stepOf } from './change.js';
import { type RollbackDocument, type RollbackStep, type StepName, stepNames } from './documents.js';
import type { StepWork } from './work.js';

/** What the state was must be kept before the first guild is touched; nothing is waiting for the press here. */
const gradual: readonly StepName[] = [
  'snapshot',
  'database',
  'flags',
  'bring-up',
  'hand-over',
  'take-down',
  'proof',
];

/** A drill touches no process and no database: what these would do is said, and not done. */
export const onlyPlannedInDrills: ReadonlySet<StepName> = new Set<StepName>([
  'database',
  'bring-up',
  'hand-over',
  'take-down',
]);

/** All steps of a rollback that begins, those that are not wanted skipped at once. */
export function stepsFor(document: RollbackDocument, works: readonly StepWork[]): readonly RollbackStep[] {
  return (document.kind === 'gradual' ? gradual : stepNames).map((name) => {
    const because = skippedBecause(document, name, works);
    const step = { name, startedAt: null, endedAt: null, detail: because ?? '' };
    return because === null ? { ...step, state: 'waiting' } : { ...step, state: 'skipped' };
  });
}

function skippedBecause(
  document: RollbackDocument,
  name: StepName,
  works: readonly StepWork[],
): string | null {
  if (name === 'flags' || name === 'proof') return null;
  const work = works.find((one) => one.name === name);
  return work === undefined ? 'Nothing is configured for it.' : work.skipped(document);
}

/** The step that is under way or next; undefined where all are over. */
export function currentStep(document: Pick<RollbackDocument, 'steps'>): RollbackStep | undefined {
  return document.steps.find(isAhead);
}

/** Why a step must not be run after what happened before it; null where it may. */
export function heldBack(document: Pick<RollbackDocument, 'steps'>, name: StepName): string | null {
  const failed = (step: StepName): boolean => stepOf(document, step)?.state === 'failed';
  if (name === 'hand-over' && failed('bring-up')) {
    return 'The previous version is not ready, so traffic stays with the new one.';
  }
  if (name === 'take-down' && failed('bring-up')) {
    return 'The previous version is not ready, so the new one was not taken down.';
  }
  if (name === 'take-down' && failed('hand-over')) {
    return 'The new version may still be answering, so it was not taken down.';
  }
  return null;
}
