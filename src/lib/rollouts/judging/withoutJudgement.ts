/** What follows from the flag alone, whatever was measured. */
import type { FlagDocument } from '../../flags/documents.js';
import type { Change } from '../change.js';
import { cancel, finishRollback, turnedOffByHand } from '../endings.js';
import { type Moment } from '../moment.js';
import type { RolloutDocument } from '../documents.js';

/** Null where the flag leaves everything to the judge. */
export function withoutJudgement(
  document: RolloutDocument,
  flag: FlagDocument | undefined,
  moment: Moment,
): Change | null {
  if (document.state === 'rolling-back') return finishRollback(document, moment);
  const because = (reason: string): Moment => ({ ...moment, reason });
  if (flag === undefined) return cancel(document, because('The flag is gone.'), 'keep');
  if (flag.archived !== null) return cancel(document, because('The flag was archived.'), 'keep');
  if (flag.rollout?.id !== document.id) {
    return cancel(document, because('The flag does not belong to this rollout any more.'), 'keep');
  }
  if (flag.killed !== null) return ended(document, moment, `${flag.key} was killed`);
  return flag.enabled || document.served === null
    ? null
    : ended(document, moment, `${flag.key} was disabled`);
}

function ended(document: RolloutDocument, moment: Moment, what: string): Change {
  return document.served === null
    ? cancel(document, { ...moment, reason: `${what}.` }, 'keep')
    : turnedOffByHand(document, moment, what);
}
