import { isAhead, stepOf } from '../change.js';
import type { RollbackDocument } from '../documents.js';

/** Gradual, and not off for everybody yet: may still be paused, taken back or made immediate. */
export function isComingDown(document: RollbackDocument): boolean {
  const { kind, state } = document;
  const flags = stepOf(document, 'flags');
  return (
    kind === 'gradual' &&
    (state === 'running' || state === 'paused' || state === 'returning') &&
    flags !== undefined &&
    isAhead(flags)
  );
}
