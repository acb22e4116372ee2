/** What staff are told of freezes and incidents. */
import { signed, type Who } from './facts.js';
import { told, type Told } from './told.js';

/** The freeze that another takes the place of. */
export interface FrozenBefore {
  readonly name: string;
  readonly reason: string;
  readonly isIncident: boolean;
  /** `until 2027-01-31 09:00 UTC`, `until somebody stops it` */
  readonly ends: string;
}

export interface FreezeFacts extends Pick<FrozenBefore, 'reason' | 'isIncident' | 'ends'> {
  readonly by: Who;
  readonly replaced: FrozenBefore | undefined;
}

export function freezeBegan({ by, reason, isIncident, ends, replaced }: FreezeFacts): Told {
  return told({
    tone: 'warn',
    title: isIncident
      ? 'An incident is open: nothing is widened, rollouts are paused'
      : `Everything is ${replaced === undefined ? '' : 'still '}frozen: nothing is widened`,
    why: [],
    did: [
      ...(replaced === undefined
        ? []
        : [`This takes the place of the freeze by ${replaced.name} (${replaced.reason}), ${replaced.ends}.`]),
      ...(replaced?.isIncident === true && !isIncident
        ? ['It is no incident any more: what it paused is not paused any more.']
        : []),
      `It holds ${ends}. Turning things off always works.`,
    ],
    todo: [
      isIncident ? 'Look after the incident. Once it is over, ' : 'Nothing until it ends: ',
      { code: '/freeze stop' },
      ' ends it.',
    ],
    fields: signed(by, reason),
  });
}

/** @param title what was done all the same */
export function freezeOverridden(
  title: string,
  by: Who,
  reason: string | undefined,
  freeze: { readonly name: string; readonly reason: string },
): Told {
  return told({
    tone: 'warn',
    title: `${title}: in spite of the freeze`,
    why: [],
    did: [`${freeze.name} froze everything (${freeze.reason}). The freeze holds for everything else.`],
    todo: 'Look whether it had to be now; if you did not know of it, ask who did it.',
    fields: signed(by, reason),
  });
}

export function freezeEnded(by: Who, reason: string | undefined): Told {
  return told({
    tone: 'good',
    title: 'The freeze is over',
    why: [],
    did: ['Flags can be widened again, and rollouts go on.'],
    todo: 'Nothing.',
    fields: signed(by, reason),
  });
}
