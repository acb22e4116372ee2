/** A rollback as people watch it: one container of components with a stopwatch, every step, the proof and its buttons. */
import type { Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import { scopeOf } from '../../alerts/wording/rollbackFacts.js';
import type { RollbackDocument } from '../../rollbacks/documents.js';
import type { ComponentsMessage } from '../ComponentsMessage.js';
import { renderText } from '../renderText.js';
import type { TwoClocks } from '../rollouts/moment.js';
import { rollbackButtons } from './buttons.js';
import { headlineOf, toneOf } from './headline.js';
import {
  aboutText,
  descentText,
  nextLines,
  proofLines,
  seenText,
  stepsText,
  stopwatchText,
} from './parts.js';
import type { RollbackHouse } from './RollbackHouse.js';
import { noticesFor } from '../staleness.js';
import { containerCard, digestOf, heading, separator, text, textOf } from '../containerCard.js';

export interface RollbackCardOptions {
  readonly clocks: TwoClocks;
  /** Said before everything else, a line each: that the state store is away, what the environment decides. */
  readonly notices?: readonly Text[];
  /** Real time, shown as the time of the last change; left out of {@link rollbackDigest}. */
  readonly writtenAt?: number;
}

/** Discord takes 4,000 characters in all of a message's texts together. */
const lengths = {
  title: 240,
  notice: 400,
  about: 800,
  steps: 900,
  descent: 300,
  proof: 900,
  next: 300,
  foot: 150,
};

export function rollbackCard(rollback: RollbackDocument, options: RollbackCardOptions): ComponentsMessage {
  const { clocks, notices = [], writtenAt } = options;
  const tone = toneOf(rollback);
  return containerCard(tone, [
    heading(tone, titleText(rollback), lengths.title),
    textOf(notices.length === 0 ? [] : lines(notices), lengths.notice),
    textOf(stopwatchText(rollback), lengths.foot),
    textOf(aboutText(rollback), lengths.about),
    separator,
    textOf(stepsText(rollback), lengths.steps),
    textOf(descentText(rollback, clocks), lengths.descent),
    textOf(proofLines(rollback), lengths.proof),
    textOf(nextLines(rollback), lengths.next),
    textOf(seenText(rollback, clocks), lengths.foot),
    rollbackButtons(rollback),
    text(`-# ${renderText(footText(rollback, writtenAt), lengths.foot)}`),
  ]);
}

/** Another one where a person would see something else. */
export function rollbackDigest(rollback: RollbackDocument, options: RollbackCardOptions): string {
  return digestOf(rollbackCard(rollback, options));
}

export function drawRollback(house: RollbackHouse, rollback: RollbackDocument): ComponentsMessage {
  return rollbackCard(rollback, {
    clocks: house,
    notices: noticesFor(house),
    writtenAt: house.realTime.now(),
  });
}

/** `ROLLBACK INITIATED: new_greeting  off for everybody after 0.02 s; the steps are under way` */
function titleText(rollback: RollbackDocument): Text {
  const { kind, state, flag } = rollback;
  const isOver = state === 'completed' || state === 'cancelled';
  // What guilds are getting back is no rollback that was just initiated.
  const isGoingBack = !isOver && state !== 'returning';
  const word = kind === 'drill' ? 'ROLLBACK DRILL: ' : isGoingBack ? 'ROLLBACK INITIATED: ' : '';
  return [word, flag === null ? scopeOf(rollback) : { code: flag }, `  ${headlineOf(rollback)}`];
}

function footText({ id }: RollbackDocument, writtenAt: number | undefined): Text {
  return [
    'Rollback ',
    { code: id },
    ...(writtenAt === undefined ? [] : [' · as of ', { time: writtenAt, style: 'R' } as const]),
  ];
}
