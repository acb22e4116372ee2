/** What `/freeze` answers. */
import type { Card, Text } from '../../alerts/Card.js';
import type { Freeze } from '../../flags/documents.js';
import { moment, type TwoClocks } from './moment.js';
import { person } from './parts.js';

/** @param replaced the one that it took the place of just now */
export function freezeCard(freeze: Freeze | undefined, clocks: TwoClocks, replaced?: Freeze): Card {
  if (freeze === undefined)
    return { tone: 'good', title: 'Nothing is frozen', body: 'Flags can be turned on, and rollouts go on.' };
  const { by, at, until, reason, isIncident } = freeze;
  return {
    tone: 'warn',
    title: isIncident ? 'Frozen for an incident' : 'Frozen',
    body: `Nothing can be turned newly on, by whichever command. ${
      isIncident ? 'Running rollouts are paused.' : 'Running rollouts do not advance.'
    } Turning things off always works.`,
    fields: [
      { name: 'Reason', value: reason },
      { name: 'By', value: person(by), inline: true },
      { name: 'Since', value: moment(at, clocks), inline: true },
      { name: 'Ends', value: endOf(until, clocks), inline: true },
      ...(replaced === undefined ? [] : [{ name: 'In place of', value: replacedText(replaced, clocks) }]),
    ],
  };
}

const endOf = (until: number | null, clocks: TwoClocks): Text =>
  until === null ? 'with /freeze stop' : moment(until, clocks);

function replacedText({ by, reason, until, isIncident }: Freeze, clocks: TwoClocks): Text {
  const end = endOf(until, clocks);
  return [
    `${isIncident ? 'an incident' : 'a freeze'} by `,
    ...person(by),
    `, which was to end `,
    ...(typeof end === 'string' ? [end] : end),
    `: ${reason}`,
  ];
}
