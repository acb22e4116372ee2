/** A rollout as people see it for days: one container of components with its chart and its buttons. */
import type { Text } from '../../alerts/Card.js';
import type { RolloutStatus } from '../../rollouts/RolloutStatus.js';
import type { ComponentsMessage, DrawnFile } from '../ComponentsMessage.js';
import { renderText } from '../renderText.js';
import { rolloutButtons } from './buttons.js';
import type { TwoClocks } from './moment.js';
import { guardsText, nextText, person, phaseText, reachText, seenText, verdictText } from './parts.js';
import {
  type CardPart,
  containerCard,
  digestOf,
  heading,
  picture,
  separator,
  text,
  textOf,
} from '../containerCard.js';

export interface RolloutCardOptions {
  readonly clocks: TwoClocks;
  /** The picture of the errors' ratio; undefined where there is nothing to draw yet. */
  readonly chart?: DrawnFile;
  /** Said before everything else: that the state store is away, for one. */
  readonly notice?: Text;
  /** Real time, shown as the time of the last change; left out of {@link rolloutDigest}. */
  readonly writtenAt?: number;
}

/** Discord takes 4,000 characters in all of a message's texts together. */
const lengths = {
  title: 240,
  notice: 300,
  phase: 700,
  reach: 260,
  guards: 900,
  verdict: 700,
  next: 700,
  foot: 180,
};

export function rolloutCard(status: RolloutStatus, options: RolloutCardOptions): ComponentsMessage {
  const { clocks, chart, notice, writtenAt } = options;
  const parts: readonly CardPart[] = [
    heading(status.tone, [{ code: status.flag }, `  ${status.headline}`], lengths.title),
    notice === undefined ? undefined : textOf(notice, lengths.notice),
    textOf(phaseText(status), lengths.phase),
    textOf(reachText(status), lengths.reach),
    separator,
    status.guards.length + status.sources.length === 0
      ? undefined
      : textOf(guardsText(status), lengths.guards),
    textOf(verdictText(status), lengths.verdict),
    chart === undefined ? undefined : picture(chart),
    separator,
    textOf(nextText(status, clocks), lengths.next),
    textOf(seenText(status, clocks), lengths.reach),
    ...rolloutButtons(status),
    text(`-# ${renderText(footText(status, writtenAt), lengths.foot)}`),
  ];
  return containerCard(status.tone, parts, chart);
}

/** Another one where a person would see something else. */
export function rolloutDigest(status: RolloutStatus, clocks: TwoClocks): string {
  return digestOf(rolloutCard(status, { clocks }));
}

function footText({ id, plan, started }: RolloutStatus, writtenAt: number | undefined): Text {
  return [
    'Rollout ',
    { code: id },
    ` · plan ${plan} · started by `,
    ...person(started.by),
    ...(writtenAt === undefined ? [] : [' · as of ', { time: writtenAt, style: 'R' } as const]),
  ];
}
