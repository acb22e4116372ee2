/** What is said while nobody answers an urgent notice, and when somebody does. */
import { onItButton } from '../escalation/onItButton.js';
import { type Who, who } from './facts.js';
import { told, type Told } from './told.js';

export interface UrgentFacts {
  readonly kind: string;
  readonly title: string;
  /** `#128-7F3K` */
  readonly reference: string;
  /** ms since epoch. */
  readonly since: number;
}

/** @param nth this is the nth ping, of so many */
export function nobodyOnIt({ kind, title, reference, since }: UrgentFacts, nth: number, of: number): Told {
  const isLast = nth >= of;
  return told({
    tone: 'bad',
    title: `Nobody is on it yet: ${title}`,
    why: [
      [
        'It was told ',
        { time: since, style: 'R' },
        ' as ',
        { code: reference },
        ', and nobody has answered.',
      ],
    ],
    did: [
      isLast
        ? `On-call was pinged ${of} times; this was the last.`
        : `On-call is pinged again, ${nth} of ${of} times.`,
    ],
    todo: 'Look at that notice and do what it says; press Acknowledge, so that others know.',
    buttons: [onItButton(kind)],
  });
}

export function somebodyOnIt({ title, reference }: UrgentFacts, by: Who): Told {
  const name = who(by);
  return told({
    tone: 'info',
    title: `Somebody is on it: ${title}`,
    why: [['Answered by ', ...(typeof name === 'string' ? [name] : name), ': ', { code: reference }, '.']],
    did: ['On-call is not pinged for it again.'],
    todo: 'Nothing for anybody else.',
  });
}

/** The kind of test alerts. */
export const testKind = 'test-alert';

/** Sent by a smoke test, to see that alerts arrive and can be answered. */
export function testAlert(): Told {
  return told({
    tone: 'info',
    title: 'Test alert: nothing is wrong',
    why: ['A smoke test sends it to see that alerts arrive and can be answered.'],
    did: ['It answers by itself after a few seconds.'],
    todo: 'Nothing, or press Acknowledge before it does.',
    buttons: [onItButton(testKind)],
  });
}
