import type { Verdict } from '../../health/judging/verdict.js';
import type { RolloutDocument } from '../documents.js';

/** The verdict as it is kept: not every second's numbers, but every kind of reason, and anew with every unit. */
export function withVerdict(
  document: RolloutDocument,
  verdict: Verdict,
  now: number,
  isNew: boolean,
): RolloutDocument {
  const kindsOf = (one: Verdict | null): string =>
    one === null ? '' : [one.action, ...one.reasons.map((reason) => reason.code)].join();
  const hasChanged = kindsOf(document.verdict) !== kindsOf(verdict);
  if (!isNew && !hasChanged) return document;
  const revision = document.revision + (document.verdict?.action === verdict.action ? 0 : 1);
  return { ...document, verdict: { ...verdict, at: now }, revision };
}
