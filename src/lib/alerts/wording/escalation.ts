/** What is said while nobody answers an urgent notice, and when somebody does. */
import type { Card } from '../Card.js';
import { onItButton } from '../escalation/onItButton.js';
import { lines, type Who, who } from './facts.js';

export interface UrgentFacts {
  readonly kind: string;
  readonly title: string;
  /** `#128-7F3K` */
  readonly reference: string;
  /** ms since epoch. */
  readonly since: number;
}

/** @param nth this is the nth ping, of so many */
export function nobodyOnIt({ kind, title, reference, since }: UrgentFacts, nth: number, of: number): Card {
  const isLast = nth >= of;
  return {
    tone: 'bad',
    title: `Nobody is on it yet: ${title}`,
    body: lines([
      [
        'It was told ',
        { time: since, style: 'R' },
        ' as ',
        { code: reference },
        ', and nobody has answered.',
      ],
      isLast
        ? `On-call was pinged ${of} times; this was the last.`
        : `On-call is pinged again, ${nth} of ${of} times.`,
      'Look at that notice and do what it says; press the button, so that others know.',
    ]),
    buttons: [onItButton(kind)],
  };
}

export function somebodyOnIt({ title, reference }: UrgentFacts, by: Who): Card {
  const name = who(by);
  return {
    tone: 'info',
    title: `Somebody is on it: ${title}`,
    body: lines([
      [...(typeof name === 'string' ? [name] : name), ' answered ', { code: reference }, '.'],
      'On-call is not pinged for it again. Nothing to do for anybody else.',
    ]),
  };
}

/** The kind of test alerts. */
export const testKind = 'test-alert';

/** Sent by a smoke test, to see that alerts arrive and can be answered. */
export function testAlert(): Card {
  return {
    tone: 'info',
    title: 'Test alert: nothing is wrong',
    body: lines([
      'A smoke test sends it to see that alerts arrive and can be answered.',
      'Press the button within a few seconds, or let the test answer it by itself.',
    ]),
    buttons: [onItButton(testKind)],
  };
}
