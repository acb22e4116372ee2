import { container, LogLevel } from '@sapphire/framework';
import { probeChannels } from '../lib/discord/smoke/probeChannels.js';
import { staffMessenger } from '../lib/discord/smoke/staffMessenger.js';
import { probeLog } from '../lib/smoke/probes/probeLog.js';
import { probeMetrics } from '../lib/smoke/probes/probeMetrics.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './SmokeTest.js';

const levels = [LogLevel.Info, LogLevel.Warn, LogLevel.Error, LogLevel.Fatal] as const;

/** As quietly as the log keeps it; false where nothing is kept. */
export function writeMarked(line: string): boolean {
  const level = levels.find((each) => container.logger.has(each));
  if (level !== undefined) container.logger.write(level, line);
  return level !== undefined;
}

/** Logging and monitoring: a line arrives, a counter is seen, alerts can be written. */
export class LoggingSmokeTest extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    const description = 'A log line arrives, a counter is seen, and alerts can be written';
    super(context, { ...options, description, suites: ['smoke', 'monitoring'] });
  }

  public override async run({ signal, progress }: SmokeContext): Promise<readonly SmokeFinding[]> {
    const { client, rollouts } = container;
    const { metrics, httpUrl } = rollouts;
    progress('writing a line into the log');
    const log = await probeLog(writeMarked, signal);
    progress('looking for a counter');
    const counter = await probeMetrics({
      ...{ httpUrl, signal, name: 'rollouts_smoke_probes_total' },
      move: () => metrics.smokeProbes.inc(),
      text: () => metrics.text(),
    });
    progress('knocking at the alert channels');
    return [log, counter, ...(await probeChannels(client, staffMessenger(client, rollouts), signal))];
  }
}
