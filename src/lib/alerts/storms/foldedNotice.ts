import { onItAction, onItButton } from '../escalation/onItButton.js';
import type { Notice } from '../Card.js';
import { foldedNotices } from '../wording/folded.js';

/** One notice for many of one place. It calls whoever any of them calls, once. @param notices in their order */
export function foldedNotice(notices: readonly Notice[]): Notice {
  const [first] = notices;
  if (first === undefined) throw new TypeError('Nothing is to be told together.');
  const urgent = [...new Set(notices.filter(({ pingOnCall }) => pingOnCall === true).map(kindOf))];
  const card = foldedNotices(notices);
  // Each kind is a trouble of its own, and waits for an answer of its own.
  const buttons = urgent.map((kind) => onItButton(kind, urgent.length === 1 ? '' : kind));
  return {
    kind: urgent[0] ?? 'folded',
    to: first.to,
    card: buttons.length === 0 ? card : { ...card, buttons },
    ...(urgent.length > 0 && { pingOnCall: true }),
    ...(notices.some(({ pingApprovers }) => pingApprovers === true) && { pingApprovers: true }),
  };
}

/** What on-call is called for: a call that is repeated is for what the first was for. */
function kindOf({ kind, card }: Notice): string {
  const repeated = card.buttons?.find(({ action }) => action === onItAction);
  return repeated?.args[0] ?? kind;
}
