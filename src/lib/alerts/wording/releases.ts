/** What staff hear about which release of the bot answers. */
import type { Card } from '../Card.js';
import { lines } from './facts.js';

export interface ReleaseAnswers {
  readonly release: string;
  readonly previous: string;
  /** One sentence. */
  readonly why: string;
  /** It had been rolled back, and nothing better was left. */
  readonly isLastResort: boolean;
}

/** Another release answers from now on. */
export function releaseAnswers({ release, previous, why, isLastResort }: ReleaseAnswers): Card {
  const reason = `Why: ${why}`;
  if (!isLastResort) {
    return {
      tone: 'info',
      title: `Release ${release} answers now`,
      body: lines([`Until now it was ${previous}; what that began, it finishes.`, reason]),
    };
  }
  return {
    tone: 'bad',
    title: `Release ${release} answers again, although it was rolled back`,
    body: lines([
      `${previous} is gone, and nothing else is running: a bot that answers is better than none.`,
      reason,
      `Start ${previous}, or another good release. One that never ran before takes over by itself.`,
    ]),
  };
}
