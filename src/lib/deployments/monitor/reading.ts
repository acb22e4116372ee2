import type { MonitorReading } from '../documents.js';
import type { Glance } from './Glance.js';
import type { MonitorSettings } from './Settings.js';

/** How many looks in a row it has been so; a look that is bad goes on where one that was worse, or a breach, stood. */
export function readingOf(
  glance: Glance,
  before: MonitorReading | undefined,
  { inARow: needed }: Pick<MonitorSettings, 'inARow'>,
): MonitorReading {
  const { check, is, isCertain, sentence, value, baseline, limit } = glance;
  const wasBad = before?.verdict === 'worse' || before?.verdict === 'breach';
  // That nobody ran a command is not that nobody reports: the two are not one silence.
  const isSame = is !== 'unknown' || before?.about === undefined || before.about === glance.trigger;
  const goesOn = is === 'bad' ? wasBad : before?.verdict === is && isSame;
  const inARow = before !== undefined && goesOn ? before.inARow + 1 : 1;
  const isBreach = isCertain || inARow >= needed;
  const verdict = is === 'bad' ? (isBreach ? 'breach' : 'worse') : is;
  return { check, verdict, sentence, value, baseline, limit, inARow };
}
