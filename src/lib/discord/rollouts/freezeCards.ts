/** What `/freeze` answers. */
import type { Card } from '../../alerts/Card.js';
import type { Freeze } from '../../flags/documents.js';
import { moment, type TwoClocks } from './moment.js';
import { person } from './parts.js';

export function freezeCard(freeze: Freeze | undefined, clocks: TwoClocks): Card {
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
      { name: 'Ends', value: until === null ? 'with /freeze stop' : moment(until, clocks), inline: true },
    ],
  };
}
