/** What staff hear about which release of the bot answers. */
import { told, type Told } from './told.js';

export interface ReleaseAnswers {
  readonly release: string;
  readonly previous: string;
  /** One sentence. */
  readonly why: string;
  /** It had been rolled back, and nothing better was left. */
  readonly isLastResort: boolean;
}

/** Another release answers from now on. */
export function releaseAnswers({ release, previous, why, isLastResort }: ReleaseAnswers): Told {
  const reason = `Why: ${why}`;
  if (!isLastResort) {
    return told({
      tone: 'info',
      title: `Release ${release} answers now`,
      why: [reason],
      did: [`Until now it was ${previous}; what that began, it finishes.`],
      todo: 'Nothing.',
    });
  }
  return told({
    tone: 'bad',
    title: `Release ${release} answers again, although it was rolled back`,
    why: [reason],
    did: [`${previous} is gone, and nothing else is running: a bot that answers is better than none.`],
    todo: `Start ${previous}, or another good release. One that never ran before takes over by itself.`,
  });
}
