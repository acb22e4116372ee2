/** What the monitored hour came to: what was found, what is not well or not known at its end, and what is left to do. */
import { checkTitle } from '../../alerts/wording/checkTitle.js';
import type { HourFacts } from '../../alerts/wording/monitorEnd.js';
import type { DeploymentDocument, MonitorReading } from '../documents.js';

export interface Ending extends HourFacts {
  /** The same in a line or two, for cards and lists. */
  readonly why: string;
}

/** What was not measured is said, never counted as well. */
export function endingOf({ monitor }: Pick<DeploymentDocument, 'monitor'>, forMs: number): Ending {
  const readings = monitor?.readings ?? [];
  const all = (...verdicts: MonitorReading['verdict'][]): HourFacts['unknown'] =>
    readings
      .filter(({ verdict }) => verdicts.includes(verdict))
      .map(({ check, sentence }) => ({ check: checkTitle(check), sentence }));
  const notWell = all('breach', 'worse');
  const unknown = all('unknown');
  const breached = [...new Set((monitor?.breaches ?? []).map(({ check }) => checkTitle(check)))];
  const isBad = readings.some(({ verdict }) => verdict === 'breach');
  const isGood = notWell.length + unknown.length + breached.length === 0;
  const found = `Watched for ${Math.round(forMs / 60_000)} minutes: ${foundIn(breached, isGood, readings.length)}.`;
  const named = (title: string, of: HourFacts['unknown']): readonly string[] =>
    of.length === 0 ? [] : [`${title}: ${of.map(({ check }) => check).join(', ')}.`];
  return {
    tone: isGood ? 'good' : isBad ? 'bad' : 'warn',
    ...{ found, notWell, unknown, hadBreaches: breached.length > 0 },
    why: [found, ...named('Not well at its end', notWell), ...named('Not known', unknown)].join(' '),
  };
}

function foundIn(breached: readonly string[], isGood: boolean, checks: number): string {
  if (isGood) return `all ${checks} checks are healthy`;
  return breached.length === 0 ? 'no breach was found' : `there was trouble with ${breached.join(', ')}`;
}
