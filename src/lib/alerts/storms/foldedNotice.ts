import type { Notice } from '../Card.js';
import { foldedNotices } from '../wording/folded.js';

/** One notice for many of one place. It calls whoever any of them calls, once. @param notices in their order */
export function foldedNotice(notices: readonly Notice[]): Notice {
  const [first] = notices;
  if (first === undefined) throw new TypeError('Nothing is to be told together.');
  const calls = notices.find(({ pingOnCall }) => pingOnCall === true);
  return {
    kind: calls?.kind ?? 'folded',
    to: first.to,
    card: foldedNotices(notices),
    ...(calls !== undefined && { pingOnCall: true }),
    ...(notices.some(({ pingApprovers }) => pingApprovers === true) && { pingApprovers: true }),
  };
}
