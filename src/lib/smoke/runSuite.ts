/** Runs the tests of a suite side by side, and says how each is doing. None is tried a second time: flapping is a finding, too. */
import type { Clock } from '../core/Clock.js';
import { runSmoke, type RunSmokeOptions } from './runSmoke.js';
import type { Smoke, SmokeResult, SmokeTick, SuiteResult } from './SmokeTest.js';

export interface DuringSuite extends Pick<RunSmokeOptions, 'signal'> {
  /** Called whenever a test begins, says something or ends; all of them, in their order. */
  readonly onTick?: (ticks: readonly SmokeTick[]) => void;
}

export interface RunSuiteOptions extends Omit<RunSmokeOptions, 'progress'>, DuringSuite {}

/** So few that a test which measures time is not measured against all the others. */
const sideBySide = 3;

/** Never rejects. No test at all is a failure: it shows nothing. */
export async function runSuite(
  tests: readonly Smoke[],
  { onTick, ...options }: RunSuiteOptions,
): Promise<Omit<SuiteResult, 'leftOut'>> {
  const { clock } = options;
  const began = clock.now();
  const ticks = new Ticks(tests, clock, onTick);
  const results: SmokeResult[] = [];
  const waiting = [...tests];
  const work = async (): Promise<void> => {
    for (let test = waiting.shift(); test !== undefined; test = waiting.shift()) {
      const { name } = test;
      ticks.begin(name);
      const result = await runSmoke(test, { ...options, progress: (detail) => ticks.say(name, detail) });
      results.push(result);
      ticks.end(result);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  const isPassed = results.length > 0 && results.every(({ verdict }) => verdict === 'passed');
  return {
    verdict: isPassed ? 'passed' : 'failed',
    tookMs: clock.now() - began,
    results: results.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

class Ticks {
  private readonly ticks: Map<string, SmokeTick>;
  private readonly began = new Map<string, number>();

  public constructor(
    tests: readonly Smoke[],
    private readonly clock: Clock,
    private readonly tell: ((ticks: readonly SmokeTick[]) => void) | undefined,
  ) {
    this.ticks = new Map(
      tests.map(({ name, description }) => [
        name,
        { name, state: 'waiting', tookMs: 0, detail: description },
      ]),
    );
  }

  public begin(name: string): void {
    this.began.set(name, this.clock.now());
    this.set(name, 'running', 0, '');
  }

  public say(name: string, detail: string): void {
    this.set(name, 'running', this.clock.now() - (this.began.get(name) ?? this.clock.now()), detail);
  }

  public end({ name, verdict, tookMs, sentence }: SmokeResult): void {
    this.set(name, verdict, tookMs, sentence);
  }

  private set(name: string, state: SmokeTick['state'], tookMs: number, detail: string): void {
    this.ticks.set(name, { name, state, tookMs, detail });
    this.tell?.([...this.ticks.values()]);
  }
}
