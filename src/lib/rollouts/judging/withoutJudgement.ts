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
  const end = endOf(document, flag);
  if (end === null) return null;
  return end.isTurnedOff && document.served !== null
    ? turnedOffByHand(document, moment, end.what)
    : cancel(document, { ...moment, reason: `${end.what}.` }, 'keep');
}

/** Whether what became of the flag ends the rollout. */
export function isEndedByFlag(document: RolloutDocument, flag: FlagDocument | undefined): boolean {
  return endOf(document, flag) !== null;
}

interface End {
  /** `greeting was killed` */
  readonly what: string;
  /** Nobody has it any more. */
  readonly isTurnedOff: boolean;
}

function endOf({ id, served }: RolloutDocument, flag: FlagDocument | undefined): End | null {
  if (flag === undefined) return { what: 'The flag is gone', isTurnedOff: false };
  if (flag.archived !== null) return { what: 'The flag was archived', isTurnedOff: false };
  if (flag.rollout?.id !== id) {
    return { what: 'The flag does not belong to this rollout any more', isTurnedOff: false };
  }
  if (flag.killed !== null) {
    const { reason } = flag.killed;
    return { what: `${flag.key} was killed${reason === undefined ? '' : ` (${reason})`}`, isTurnedOff: true };
  }
  return flag.enabled || served === null ? null : { what: `${flag.key} was disabled`, isTurnedOff: true };
}
