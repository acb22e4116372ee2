/** A deployment as people watch it: one container of components with every step, what failed, and how it does since. */
import type { Text } from '../../alerts/Card.js';
import type { DeploymentDocument } from '../../deployments/documents.js';
import type { GateTick } from '../../deployments/gate/GateInBot.js';
import { lines } from '../../alerts/wording/facts.js';
import type { ComponentsMessage, DrawnFile } from '../ComponentsMessage.js';
import { renderText } from '../renderText.js';
import type { TwoClocks } from '../rollouts/moment.js';
import type { DeploymentHouse } from './DeploymentHouse.js';
import { ticksText } from './gateTicks.js';
import { headlineOf, toneOf } from './headline.js';
import { monitorChart } from './monitorChart.js';
import { breachesText, chartText, readingsText } from './monitorParts.js';
import { aboutText, gateTrouble, smokeTrouble, stepsText } from './parts.js';
import { noticesFor } from '../staleness.js';
import { containerCard, digestOf, heading, picture, separator, text, textOf } from '../containerCard.js';

export interface DeploymentCardOptions {
  readonly clocks: TwoClocks;
  /** How far its smoke tests are. */
  readonly progress?: string;
  /** The gate that runs now; its stages stand where the result of the one before stood. */
  readonly gateTicks?: readonly GateTick[];
  /** The picture of what the monitor saw; without it a line of text draws the same. */
  readonly chart?: DrawnFile | undefined;
  /** Said before everything else, a line each. */
  readonly notices?: readonly Text[];
  /** Real time, shown as the time of the last change; left out of {@link deploymentDigest}. */
  readonly writtenAt?: number;
}

/** Discord takes 4,000 characters in all of a message's texts together. */
const lengths = {
  title: 220,
  notice: 300,
  about: 560,
  steps: 400,
  trouble: 400,
  chart: 250,
  readings: 600,
  breaches: 420,
  end: 300,
  foot: 120,
};

export function deploymentCard(
  deployment: DeploymentDocument,
  { clocks, progress = '', gateTicks = [], chart, notices = [], writtenAt }: DeploymentCardOptions,
): ComponentsMessage {
  const tone = toneOf(deployment);
  const parts = [
    heading(tone, titleText(deployment), lengths.title),
    textOf(lines(notices), lengths.notice),
    textOf(aboutText(deployment), lengths.about),
    separator,
    textOf(stepsText(deployment, { progress, isGateRunning: gateTicks.length > 0 }, clocks), lengths.steps),
    textOf(gateTicks.length > 0 ? ticksText(gateTicks, 3) : gateTrouble(deployment), lengths.trouble),
    textOf(smokeTrouble(deployment), lengths.trouble),
    chart === undefined ? textOf(chartText(deployment), lengths.chart) : picture(chart),
    textOf(readingsText(deployment), lengths.readings),
    textOf(breachesText(deployment, 3, 90), lengths.breaches),
    textOf(endText(deployment), lengths.end),
    text(`-# ${renderText(footText(deployment, writtenAt), lengths.foot)}`),
  ];
  return containerCard(tone, parts, chart);
}

/** While every check says the same, its numbers and its picture move on this often; domain time, ms. */
const calmMs = 120_000;

/**
 * Another one where a person would see something else. Each look has other numbers, and a card that is edited carries its picture
 * along: numbers alone are written every two minutes, a verdict that is another one at once.
 */
export function deploymentDigest(deployment: DeploymentDocument, options: DeploymentCardOptions): string {
  const { monitor } = deployment;
  const moves = monitor === null || monitor.looks === 0 ? 0 : Math.floor(monitor.nextAt / calmMs);
  return digestOf(deploymentCard(withoutNumbers(deployment), options), moves);
}

function withoutNumbers(deployment: DeploymentDocument): DeploymentDocument {
  const { monitor } = deployment;
  if (monitor === null) return deployment;
  const readings = monitor.readings.map((reading) => ({ ...reading, sentence: '' }));
  return { ...deployment, monitor: { ...monitor, readings, series: [] } };
}

export async function drawDeployment(
  house: DeploymentHouse,
  deployment: DeploymentDocument,
): Promise<ComponentsMessage> {
  return deploymentCard(deployment, {
    clocks: house,
    progress: house.deployments.progress(deployment.id),
    gateTicks: house.deployments.gateTicks(deployment.id),
    chart: await monitorChart(house, deployment),
    notices: noticesFor(house),
    writtenAt: house.realTime.now(),
  });
}

/** `🚀 1.4.0 → production  is being deployed` */
function titleText(deployment: DeploymentDocument): Text {
  const { version, environment } = deployment;
  return ['🚀 ', { code: version }, ` → ${environment}  ${headlineOf(deployment)}`];
}

function endText({ ended }: DeploymentDocument): Text {
  return ended === null ? [] : [{ bold: 'Its end' }, `  ${ended.why}`];
}

function footText({ id }: DeploymentDocument, writtenAt: number | undefined): Text {
  return [
    'Deployment ',
    { code: id },
    ...(writtenAt === undefined ? [] : [' · as of ', { time: writtenAt, style: 'R' } as const]),
  ];
}
