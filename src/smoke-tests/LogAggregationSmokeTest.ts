import { setTimeout as sleep } from 'node:timers/promises';
import { container } from '@sapphire/framework';
import { newId } from '../lib/core/ids.js';
import { reasonOf } from '../lib/smoke/probes/probeEndpoint.js';
import { markedLine } from '../lib/smoke/probes/probeLog.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { writeMarked } from './LoggingSmokeTest.js';
import { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './SmokeTest.js';

/** Aggregators take their time, ms of real time. */
const patienceMs = 25_000;
const againMs = 500;

/** A line of this process is found where all logs are gathered. */
export class LogAggregationSmokeTest extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    const description = 'A log line is found where all logs are gathered';
    super(context, { ...options, description, suites: ['monitoring'], timeoutMs: patienceMs + 5_000 });
  }

  public override leftOut(): string | undefined {
    const { logs } = container.rollouts.smokeRuns.settings;
    return logs === undefined ? 'deployments.yaml names no address under smoke.logs.' : undefined;
  }

  public override async run({ signal, progress }: SmokeContext): Promise<readonly SmokeFinding[]> {
    const { smokeRuns, realTime } = container.rollouts;
    const what = 'a marked log line is found again';
    const { url = '', tokenEnv } = smokeRuns.settings.logs ?? {};
    const marker = `smoke-${newId(12)}`;
    if (!writeMarked(markedLine(marker)))
      return [{ what, ok: false, detail: 'Nothing is logged at any level. Set LOG_LEVEL to info.' }];
    const token = tokenEnv === undefined ? undefined : process.env[tokenEnv];
    const deadline = realTime.now() + patienceMs;
    let last = 'It was not among what the address answers.';
    for (;;) {
      progress('looking for the line');
      try {
        const headers = new Headers(token === undefined ? [] : [['authorization', `Bearer ${token}`]]);
        const address = decodeURI(url).replaceAll('{marker}', marker);
        const response = await fetch(address, { signal, headers });
        if (response.ok && (await response.text()).includes(marker)) return [{ what, ok: true, detail: '' }];
        if (!response.ok) last = `The address answers ${response.status}.`;
      } catch (error) {
        if (signal.aborted) throw error;
        last = `It cannot be asked: ${reasonOf(error)}.`;
      }
      if (realTime.now() >= deadline)
        return [{ what, ok: false, detail: `${last} Look at what ships the log, and at smoke.logs.` }];
      await sleep(againMs, undefined, { signal });
    }
  }
}
