/** The smoke tests of this process, by name: where they come from is said by whoever composes the house. */
import { runSmoke, type RunSmokeOptions } from './runSmoke.js';
import { runSuite, type DuringSuite } from './runSuite.js';
import type { LeftOut, Smoke, SmokeResult, SuiteResult } from './SmokeTest.js';

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

  /** Every suite that a test belongs to, sorted. */
  public suites(): readonly string[] {
    return [...new Set(this.list().flatMap(({ suites }) => suites))].sort();
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

  /** Every test of a suite, each tried once. Never rejects; a suite in which nothing is tried has failed. */
  public async runSuite(suite: string, during: DuringSuite = {}): Promise<SuiteResult> {
    const all = this.list().filter(({ suites }) => suites.includes(suite));
    const leftOut: LeftOut[] = [];
    const tests = all.filter((test) => {
      const why = test.leftOut?.();
      if (why !== undefined) leftOut.push({ name: test.name, why });
      return why === undefined;
    });
    return { ...(await runSuite(tests, { ...this.options, ...during })), leftOut };
  }
}
