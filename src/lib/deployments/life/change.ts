/** What happens to a deployment, as new documents. Plain data. */
import type { DeploymentDocument, DeploymentNews, DeploymentState } from '../documents.js';
import { mayFollow } from './transitions.js';

/** Newest lines that are kept. */
const mostNews = 40;

/** Moved to another state. @param now domain time @throws where the table does not allow it, which is a bug */
export function moved(
  document: DeploymentDocument,
  state: DeploymentState,
  now: number,
  fields: Partial<DeploymentDocument> = {},
): DeploymentDocument {
  if (!mayFollow(document.state, state)) {
    throw new Error(`A deployment that is ${document.state} cannot become ${state}.`);
  }
  const entered = { ...document.entered, [state]: now };
  return { ...document, ...fields, state, entered, revision: document.revision + 1 };
}

/** With one more line of news. @param at domain time */
export function telling(
  document: DeploymentDocument,
  at: number,
  tone: DeploymentNews['tone'],
  text: string,
): DeploymentDocument {
  const n = document.newsCount + 1;
  return { ...document, newsCount: n, news: [...document.news, { n, at, tone, text }].slice(-mostNews) };
}

/** With the rollouts that are under way now beside those that were. */
export function linking(document: DeploymentDocument, rollouts: readonly string[]): DeploymentDocument {
  const missing = rollouts.filter((id) => !document.rollouts.includes(id));
  return missing.length === 0 ? document : { ...document, rollouts: [...document.rollouts, ...missing] };
}
