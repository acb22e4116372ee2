/** Two rollbacks must not bring versions up and take them down at the same time: they use the driver one after the other. Pure. */
import type { RollbackDocument, StepName } from '../documents.js';
import { currentStep } from '../steps.js';

const ofDriver: ReadonlySet<StepName> = new Set<StepName>(['bring-up', 'hand-over', 'take-down']);

/** Whom this one has to wait for before its next step; undefined where it is its turn, or the step needs no driver. */
export function waitsFor(
  document: RollbackDocument,
  all: Iterable<RollbackDocument>,
): RollbackDocument | undefined {
  if (!isAtDriver(document) || hasBegun(document)) return undefined;
  const others = [...all].filter((one) => one.id !== document.id && isAtDriver(one));
  return others.find(hasBegun) ?? others.find((one) => isBefore(one, document));
}

/** Its next step is the driver's. A drill touches no process. */
function isAtDriver(document: RollbackDocument): boolean {
  const next = currentStep(document)?.name;
  return (
    document.kind !== 'drill' && document.state === 'running' && next !== undefined && ofDriver.has(next)
  );
}

/** One of them was run, or is being run: nobody may come between this and the rest. */
function hasBegun({ steps }: RollbackDocument): boolean {
  return steps.some(({ name, startedAt }) => ofDriver.has(name) && startedAt !== null);
}

function isBefore(one: RollbackDocument, other: RollbackDocument): boolean {
  return one.pressedAt === other.pressedAt ? one.id < other.id : one.pressedAt < other.pressedAt;
}
