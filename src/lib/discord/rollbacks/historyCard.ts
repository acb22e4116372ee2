/** `/rollback history`: every rollback and drill, with its time to safety. */
import { count } from '../../core/count.js';
import type { Card, CardField, Text } from '../../alerts/Card.js';
import { who } from '../../alerts/wording/facts.js';
import { scopeOf } from '../../alerts/wording/rollbackFacts.js';
import { stopwatch } from '../../alerts/wording/stopwatch.js';
import type { RollbackDocument } from '../../rollbacks/documents.js';
import { pageButtons, pageOf, pageTitle } from '../pages.js';
import { tones } from '../tones.js';
import { headlineOf, toneOf } from './headline.js';

/** The action of the page buttons. */
export const rollbacksAction = 'rollbacks';

const pageSize = 8;

/** @param all newest first */
export function rollbackHistoryCard(all: readonly RollbackDocument[], wanted: number): Card {
  const page = pageOf(all, wanted, pageSize);
  const drill = all.find(({ kind, endedAt }) => kind === 'drill' && endedAt !== null);
  return {
    tone: 'info',
    title: pageTitle(count(all.length, 'rollback'), page),
    body:
      drill === undefined
        ? 'No drill was held yet: /rollback drill tries the whole procedure out on a flag of its own.'
        : drillText(drill),
    fields: page.items.map(field),
    buttons: pageButtons(page, rollbacksAction, []),
  };
}

function drillText({ pressedAt, offAt, endedAt }: RollbackDocument): Text {
  const safe = offAt === null ? '' : `: safe after ${stopwatch(offAt - pressedAt)}`;
  const done = endedAt === null ? '' : `, done after ${stopwatch(endedAt - pressedAt)}`;
  return ['The last drill was ', { time: pressedAt, style: 'R' }, `${safe}${done}.`];
}

function field(rollback: RollbackDocument): CardField {
  const { id, kind, pressedAt, reason, created } = rollback;
  const by = who({ id: created.by, name: created.name });
  return {
    name: `${tones[toneOf(rollback)].sign} ${scopeOf(rollback)}${kind === 'immediate' ? '' : `, ${kind}`}`,
    value: [
      headlineOf(rollback),
      { br: true },
      { time: pressedAt, style: 'f' },
      ' by ',
      ...(typeof by === 'string' ? [by] : by),
      `: ${reason}`,
      { br: true },
      { code: id },
    ],
  };
}
