/** The lines of a rollback's card, each made from its document. */
import { count } from '../../core/count.js';
import type { Text } from '../../alerts/Card.js';
import { lines, who } from '../../alerts/wording/facts.js';
import {
  affectedText,
  checkText,
  stepLines,
  triggerTitles,
  wayBack,
} from '../../alerts/wording/rollbackFacts.js';
import { proofText } from '../../alerts/wording/rollbackEnd.js';
import { stopwatch } from '../../alerts/wording/stopwatch.js';
import type { RollbackDocument } from '../../rollbacks/documents.js';
import { bar } from '../rollouts/parts.js';
import { moment, type TwoClocks } from '../rollouts/moment.js';
import { tookMs } from './headline.js';

type Parts = Exclude<Text, string>;
const partsOf = (text: Text): Parts => (typeof text === 'string' ? [text] : text);

/** Why, by whom, and how many had it. */
export function aboutText(rollback: RollbackDocument): Text {
  const { trigger, created, rollouts, reason } = rollback;
  return lines([
    [{ bold: 'Why' }, `  ${reason}`],
    [
      { bold: 'Trigger' },
      `  ${triggerTitles[trigger] ?? trigger}, by `,
      ...partsOf(who({ id: created.by, name: created.name })),
    ],
    [{ bold: 'Had it on' }, `  ${affectedText(rollback)}`],
    ...(rollouts.length === 0
      ? []
      : [[{ bold: 'Rolled back with it' }, `  ${count(rollouts.length, 'rollout')}`] satisfies Text]),
  ]);
}

/** Who looks after it, so that nobody else has to get up. */
export function seenText({ acknowledged }: RollbackDocument, clocks: TwoClocks): Text {
  if (acknowledged === undefined) return [];
  const { by, name, at } = acknowledged;
  return ['👀 Acknowledged by ', ...partsOf(who({ id: by, name })), ' ', ...moment(at, clocks)];
}

/** The stopwatch: Discord keeps a running one fresh by itself. */
export function stopwatchText(rollback: RollbackDocument): Text {
  const took = tookMs(rollback);
  return took === undefined
    ? ['⏱ Pressed ', { time: rollback.pressedAt, style: 'R' }]
    : [`⏱ Done after ${stopwatch(took)}`];
}

export function stepsText({ steps, pressedAt }: RollbackDocument): Text {
  return lines(stepLines(steps, pressedAt));
}

/** How far down a gradual one is; nothing for an immediate one. */
export function descentText(rollback: RollbackDocument, clocks: TwoClocks): Text {
  const { descent, state } = rollback;
  if (descent === null) return [];
  const { affected, off, nextAt, batchSize, hurried } = descent;
  const isMoving = state === 'running' || state === 'returning';
  return lines([
    `${bar(affected === 0 ? 1 : off / affected)}  off in ${off.toLocaleString('en-US')} of ${count(affected, 'guild')}, ${batchSize.toLocaleString('en-US')} at a time`,
    ...(nextAt === null || !isMoving
      ? []
      : [[{ bold: 'Next batch' }, '  ', ...moment(nextAt, clocks)] satisfies Text]),
    ...(hurried === null ? [] : [[{ bold: 'Made immediate' }, `  ${hurried.why}`] satisfies Text]),
  ]);
}

export function proofLines({ proof }: RollbackDocument): Text {
  if (proof === null) return [];
  return lines([[{ bold: proofText(proof) }], ...proof.checks.map(checkText)]);
}

/** What a person does next, where there is something. */
export function nextLines(rollback: RollbackDocument): Text {
  const { state, kind, receipt, offAt } = rollback;
  return lines([
    ...(kind === 'drill' || state === 'cancelled' || offAt === null ? [] : [wayBack(rollback)]),
    ...(receipt === null ? [] : [[{ bold: 'Receipt' }, '  ', { code: receipt }] satisfies Text]),
  ]);
}
