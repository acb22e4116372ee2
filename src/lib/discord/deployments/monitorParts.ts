/** What the monitor saw, as lines: a chart of text where there is no picture, each check, and what was done. */
import type { Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import {
  riskLevels,
  type Breach,
  type DeploymentDocument,
  type MonitorReading,
} from '../../deployments/documents.js';
import { checkTitle } from '../../alerts/wording/checkTitle.js';
import { shorten } from '../inert.js';
import { spark } from './spark.js';

const signs: Readonly<Record<MonitorReading['verdict'], string>> = {
  healthy: '🟢',
  worse: '🟡',
  breach: '🔴',
  unknown: '⚪',
};

export function readingsText({ monitor }: Pick<DeploymentDocument, 'monitor'>): Text {
  if (monitor === null || monitor.readings.length === 0) return [];
  return lines(
    monitor.readings.map(({ check, verdict, sentence }): Text => [
      `${signs[verdict]} `,
      verdict === 'breach' ? { bold: checkTitle(check) } : checkTitle(check),
      `  ${sentence}`,
    ]),
  );
}

/** Errors and response times since it is watched, highest of each share. */
export function chartText({ monitor }: Pick<DeploymentDocument, 'monitor'>): Text {
  const series = monitor?.series ?? [];
  const errors = series.map(([, rate]) => rate);
  const times = series.map(([, , p95Ms]) => p95Ms);
  return lines([...line('Errors', errors, percent), ...line('Times ', times, milliseconds)]);
}

function line(
  name: string,
  values: readonly (number | null)[],
  said: (most: number) => string,
): readonly Text[] {
  const drawn = spark(values);
  const known = values.filter((value) => value !== null);
  if (drawn === '') return [];
  return [[{ code: `${name} ${drawn}` }, `  at most ${said(Math.max(...known))}`]];
}

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 2 : 1)} %`;
const milliseconds = (ms: number): string => `${Math.round(ms).toLocaleString('en-US')} ms`;

const acts: Readonly<Record<Breach['action'], string>> = {
  rollback: 'rolled back',
  'gradual-rollback': 'taken back batch by batch',
  pause: 'paused',
  tell: 'people were told',
  ask: 'people were asked',
};

/** The gravest first, of those the newest. @param each of a breach's sentence, and of what came of it, in characters */
export function breachesText(
  { monitor }: Pick<DeploymentDocument, 'monitor'>,
  most: number,
  each: number,
): Text {
  const gravest = [...(monitor?.breaches ?? [])].sort(
    (one, other) => riskLevels.indexOf(one.level) - riskLevels.indexOf(other.level) || other.n - one.n,
  );
  const shown = gravest
    .slice(0, most)
    .map(({ level, sentence, action, outcome }): Text => [
      { bold: level },
      `  ${shorten(sentence, each)} → ${shorten(outcome ?? acts[action], each)}`,
    ]);
  const rest = gravest.length - shown.length;
  return lines(rest > 0 ? [...shown, `… and ${rest} more`] : shown);
}
