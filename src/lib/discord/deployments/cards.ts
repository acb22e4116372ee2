/** What `/deploy` shows beside a deployment's own card. */
import { count } from '../../core/count.js';
import type { Card, CardField, Text } from '../../alerts/Card.js';
import { stageText } from '../../alerts/wording/deploymentFacts.js';
import { lines, who } from '../../alerts/wording/facts.js';
import { stopwatch } from '../../alerts/wording/stopwatch.js';
import type { DeploymentDocument } from '../../deployments/documents.js';
import type { GateResult } from '../../deployments/gate/GateResult.js';
import { pageButtons, pageOf, pageTitle } from '../pages.js';
import { moment, type TwoClocks } from '../rollouts/moment.js';
import { tones } from '../tones.js';
import { headlineOf, toneOf } from './headline.js';

/** The action of the page buttons. */
export const deploymentsAction = 'deployments';

const pageSize = 8;

/** @param all newest first */
export function deploymentHistoryCard(
  all: readonly DeploymentDocument[],
  wanted: number,
  clocks: TwoClocks,
): Card {
  const page = pageOf(all, wanted, pageSize);
  return {
    tone: 'info',
    title: pageTitle(count(all.length, 'deployment'), page),
    ...(all.length === 0 && { body: '/deploy start announces the first one; CI can, too.' }),
    fields: page.items.map((deployment) => field(deployment, clocks)),
    buttons: pageButtons(page, deploymentsAction, []),
  };
}

function field(deployment: DeploymentDocument, clocks: TwoClocks): CardField {
  const { id, version, environment, created, ended } = deployment;
  const by = who({ id: created.by, name: created.name });
  return {
    name: `${tones[toneOf(deployment)].sign} ${version} → ${environment}`,
    value: [
      headlineOf(deployment),
      ...(ended === null ? [] : [`: ${ended.why}`]),
      { br: true },
      ...moment(created.at, clocks),
      ' by ',
      ...(typeof by === 'string' ? [by] : by),
      { br: true },
      { code: id },
    ],
  };
}

/** A gate's result; a failed stage with its last lines. */
export function gateCard(gate: GateResult): Card {
  const { release, verdict, stages, commit, startedAt, endedAt } = gate;
  const failed = stages.find((stage) => stage.verdict === 'failed');
  const tail = failed === undefined ? [] : failed.tail.trim().split('\n').slice(-10);
  const output: readonly Text[] = tail
    .filter((line) => line !== '')
    .map((line) => [{ code: line.slice(0, 120) }]);
  return {
    tone: verdict === 'passed' ? 'good' : 'bad',
    title: `The gate ${verdict} for ${release}`,
    body: lines(stages.map(stageText)),
    fields: [
      ...(output.length === 0 ? [] : [{ name: 'Its last lines', value: lines(output) }]),
      ...criteriaOf(failed),
      { name: 'Took', value: stopwatch(endedAt - startedAt), inline: true },
      { name: 'Looked at', value: [{ time: endedAt, style: 'R' }], inline: true },
      ...(commit === null
        ? []
        : [{ name: 'Commit', value: [{ code: commit.slice(0, 12) }], inline: true } satisfies CardField]),
    ],
  };
}

function criteriaOf(stage: GateResult['stages'][number] | undefined): readonly CardField[] {
  const missed = (stage?.criteria ?? []).filter(({ verdict }) => verdict !== 'met');
  if (missed.length === 0) return [];
  return [
    {
      name: 'Not met',
      value: lines(missed.map(({ text, why }): Text => [{ code: text }, `  ${why}`])),
    },
  ];
}

export function noGateCard(version: string): Card {
  return {
    tone: 'info',
    title: `No gate was run for ${version}`,
    body: lines([
      'CI runs it where the source is, and posts what it found:',
      [{ code: 'npx rollouts gate --post <address of the bot>' }],
      'Where GATE_IN_BOT=true, this command runs it in the bot.',
    ]),
  };
}
