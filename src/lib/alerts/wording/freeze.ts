/** What staff are told of freezes and incidents. */
import { signed, type Who } from './facts.js';
import { told, type Told } from './told.js';

/** @param until `at 3 May 2026 12:00 UTC`; empty = it has no end */
export function freezeBegan(by: Who, reason: string, until: string, isIncident: boolean): Told {
  return told({
    tone: 'warn',
    title: isIncident
      ? 'An incident is open: nothing is widened, rollouts are paused'
      : 'Everything is frozen: nothing is widened',
    why: [],
    did: ['Turning things off always works.'],
    todo: [
      isIncident ? 'Look after the incident. Once it is over, ' : 'Nothing until it ends: ',
      { code: '/freeze stop' },
      ' ends it',
      until === '' ? '.' : `, or it ends ${until}.`,
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
