/** What happens to a rollback, as new documents. Plain data. */
import type { RollbackDocument, RollbackNews, RollbackState, RollbackStep, StepName } from './documents.js';
import { mayFollow } from './transitions.js';

/** Newest lines that are kept. */
const mostNews = 40;

/** Moved to another state. @throws where the table does not allow it, which is a bug */
export function moved(
  document: RollbackDocument,
  state: RollbackState,
  fields: Partial<RollbackDocument> = {},
): RollbackDocument {
  if (!mayFollow(document.state, state)) {
    throw new Error(`A rollback that is ${document.state} cannot become ${state}.`);
  }
  return { ...document, ...fields, state, revision: document.revision + 1 };
}

/** With one more line of news. @param at real time */
export function telling(
  document: RollbackDocument,
  at: number,
  tone: RollbackNews['tone'],
  text: string,
): RollbackDocument {
  const n = document.newsCount + 1;
  return { ...document, newsCount: n, news: [...document.news, { n, at, tone, text }].slice(-mostNews) };
}

export function withStep(
  document: RollbackDocument,
  name: StepName,
  step: Partial<Omit<RollbackStep, 'name'>>,
): RollbackDocument {
  return {
    ...document,
    steps: document.steps.map((one) => (one.name === name ? { ...one, ...step } : one)),
  };
}

export function stepOf(document: Pick<RollbackDocument, 'steps'>, name: StepName): RollbackStep | undefined {
  return document.steps.find((step) => step.name === name);
}

/** Still to be done, or being done. */
export function isAhead({ state }: Pick<RollbackStep, 'state'>): boolean {
  return state === 'waiting' || state === 'running';
}
