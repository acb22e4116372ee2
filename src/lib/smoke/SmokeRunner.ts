/** The smoke tests of this process, by name: where they come from is said by whoever composes the house. */
import { runSmoke, type RunSmokeOptions } from './runSmoke.js';
import type { Smoke, SmokeResult } from './SmokeTest.js';

export interface SmokeRunnerOptions extends Pick<RunSmokeOptions, 'clock' | 'after' | 'warn'> {
  /** All there are at the moment; a host's may come and go. */
  readonly tests: () => Iterable<Smoke>;
}

export class SmokeRunner {
  public constructor(private readonly options: SmokeRunnerOptions) {}

  /** Sorted by name. */
  public list(): readonly Smoke[] {
    return [...this.options.tests()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  /** Never rejects; a name that nobody bears is a failed test. */
  public async run(
    name: string,
    during: Pick<RunSmokeOptions, 'progress' | 'signal'> = {},
  ): Promise<SmokeResult> {
    const smoke = this.list().find((test) => test.name === name);
    if (smoke !== undefined) return runSmoke(smoke, { ...this.options, ...during });
    const names = this.list().map((test) => test.name);
    const there = names.length === 0 ? 'There are none.' : `There are: ${names.join(', ')}.`;
    const sentence = `There is no smoke test named "${name}" in this process. ${there}`;
    return { name, verdict: 'failed', tookMs: 0, findings: [], sentence };
  }
}
