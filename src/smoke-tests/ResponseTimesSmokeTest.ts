import { container } from '@sapphire/framework';
import { readingCommands } from '../lib/discord/smoke/readingCommands.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { ProbingSmokeTest } from './ProbingSmokeTest.js';
import type { SmokeTestLoaderContext, SmokeTestOptions } from './SmokeTest.js';

const rounds = 5;
/** A third of what Discord gives, ms of real time. */
const slowMs = 1_000;

/** How long people wait for an answer. */
export class ResponseTimesSmokeTest extends ProbingSmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    const description = 'Commands answer well within the three seconds that Discord gives';
    super(context, { ...options, description, suites: ['acceptance'], timeoutMs: 30_000 });
  }

  protected override async probeAll(context: SmokeContext): Promise<readonly SmokeFinding[]> {
    const { config, realTime } = container.rollouts;
    const findings: SmokeFinding[] = [];
    for (const typed of readingCommands(config)) {
      const times: number[] = [];
      let name = typed.command;
      for (let nth = 0; nth < rounds; nth += 1) {
        const began = realTime.now();
        const [probe] = await this.type([typed], context);
        if (probe?.ok !== true) break;
        name = probe.what;
        times.push(realTime.now() - began);
      }
      const slowest = times.length < rounds ? Number.POSITIVE_INFINITY : Math.max(...times);
      const ok = slowest <= slowMs;
      const detail =
        times.length < rounds
          ? 'It did not answer every time.'
          : `The slowest of ${rounds} took ${slowest} ms.`;
      findings.push({ what: `${name} answers within ${slowMs} ms`, ok, detail: ok ? '' : detail });
    }
    return findings;
  }
}
