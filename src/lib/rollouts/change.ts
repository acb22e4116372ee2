/** What one decision makes of a rollout: the document as it shall be, what the flag serves then, and who is told. Plain data. */
import type { RolloutServing } from '../flags/changes.js';
import type { Stamp } from '../flags/documents.js';
import type { Notice } from '../alerts/Card.js';
import type { News, RolloutDocument, RolloutState } from './documents.js';
import { mayFollow } from './transitions.js';

export interface Change {
  readonly document: RolloutDocument;
  /** Undefined: the flag stays as it is. */
  readonly serves: RolloutServing | undefined;
  readonly notices: readonly Notice[];
  /** Guards that only pause begin anew, and so does the count of the step's guilds. */
  readonly beginsAfresh: boolean;
  /** The step's own counts begin anew. */
  readonly entersStep: boolean;
}

/** Newest lines that are kept for the thread. */
const mostNews = 40;

export function unchanged(document: RolloutDocument): Change {
  return { document, serves: undefined, notices: [], beginsAfresh: false, entersStep: false };
}

/** The document moved to another state, by someone. @throws where the table does not allow it, which is a bug */
export function moved(
  document: RolloutDocument,
  state: RolloutState,
  updated: Stamp,
  fields: Partial<RolloutDocument> = {},
): RolloutDocument {
  if (!mayFollow(document.state, state)) {
    throw new Error(`A rollout that is ${document.state} cannot become ${state}.`);
  }
  return { ...document, ...fields, state, updated, revision: document.revision + 1 };
}

/** With one more line of news. */
export function telling(
  document: RolloutDocument,
  at: number,
  tone: News['tone'],
  text: string,
): RolloutDocument {
  const n = document.newsCount + 1;
  return { ...document, newsCount: n, news: [...document.news, { n, at, tone, text }].slice(-mostNews) };
}
