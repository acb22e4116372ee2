/** `/deploy monitor`: every check with its baseline, the chart, and what was done. */
import { count } from '../../core/count.js';
import type { Text } from '../../alerts/Card.js';
import type { DeploymentDocument } from '../../deployments/documents.js';
import type { ComponentsMessage, DrawnFile } from '../ComponentsMessage.js';
import { containerCard, heading, picture, textOf } from '../containerCard.js';
import { moment, type TwoClocks } from '../rollouts/moment.js';
import { headlineOf, toneOf } from './headline.js';
import { breachesText, chartText, readingsText } from './monitorParts.js';

/** Discord takes 4,000 characters in all of a message's texts together. */
const lengths = { title: 220, about: 200, chart: 300, readings: 1_600, breaches: 1_500 };

export function monitorCard(
  deployment: DeploymentDocument,
  clocks: TwoClocks,
  chart: DrawnFile | undefined,
): ComponentsMessage {
  const { version, environment } = deployment;
  const tone = toneOf(deployment);
  const readings = readingsText(deployment);
  const parts = [
    heading(tone, [{ code: version }, ` → ${environment}  ${headlineOf(deployment)}`], lengths.title),
    textOf(aboutText(deployment, clocks), lengths.about),
    chart === undefined ? textOf(chartText(deployment), lengths.chart) : picture(chart),
    textOf(readings, lengths.readings),
    textOf(breachesText(deployment, 8, 300), lengths.breaches),
  ];
  return containerCard(tone, parts, chart);
}

function aboutText({ monitor, ended }: DeploymentDocument, clocks: TwoClocks): Text {
  if (monitor === null && ended === null)
    return 'It is watched for an hour once it is deployed and its smoke tests have run.';
  if (monitor === null) return 'It was over before it could be watched.';
  if (monitor.looks === 0) return 'Nothing was looked at yet.';
  const looks = count(monitor.looks, 'look');
  if (ended !== null) return `${looks}. ${ended.why}`;
  return [`${looks} so far; the watching ends `, ...moment(monitor.until, clocks), '.'];
}
