/** Runs of smoke tests: begun by people, deployments and the schedule, written down, shown while they go on. */
import type { Clock } from '../../core/Clock.js';
import { newId, type RandomBytes } from '../../core/ids.js';
import type { Json } from '../../core/Json.js';
import { TurnFailures } from '../../state/committing/TurnFailures.js';
import type { Fence, Follower, Store } from '../../state/Store.js';
import type { SmokeRunner } from '../SmokeRunner.js';
import type { SmokeSettings } from '../SmokeSettings.js';
import type { SmokeTick, SuiteResult } from '../SmokeTest.js';
import type { SmokeRunDocument } from './documents.js';
import { UnknownSmoke } from './errors.js';
import { failedIn, failedNotice, lostNotice, nameOf, trimmed, wellAgainNotice } from './results.js';
import { keyOf, RunCommits } from './RunCommits.js';
import { RunsMemory } from './RunsMemory.js';

export interface SmokeRunsOptions {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'time'>;
  readonly runner: SmokeRunner;
  readonly settings: SmokeSettings;
  readonly process: string;
  readonly release: string;
  readonly domainTime: Clock;
  readonly realTime: Clock;
  readonly random: RandomBytes;
  readonly warn: (message: string, cause?: unknown) => void;
}

export interface RunRequest {
  /** A suite, or one test. */
  readonly what: SmokeRunDocument['what'];
  readonly by: { readonly id: string; readonly name: string };
  readonly reason?: string;
  /** False where whoever asks tells people what came of it. @default true */
  readonly tells?: boolean;
  readonly onTick?: (ticks: readonly SmokeTick[]) => void;
  readonly signal?: AbortSignal;
}

/** `isKept` false: the store was away, and nobody but who asked will know. */
export interface RunOutcome {
  readonly run: SmokeRunDocument;
  readonly isKept: boolean;
}

const keptRuns = 50;
const graceMs = 15_000;
const leftoversMs = 600_000;
const scheduler = { id: 'system:smoke', name: 'the schedule' } as const;

export class SmokeRuns {
  private readonly memory: RunsMemory;
  private readonly commits: RunCommits;
  private readonly ticks = new Map<string, readonly SmokeTick[]>();
  private scheduled: { readonly ended: Promise<unknown>; readonly stop: AbortController } | undefined;

  public constructor(private readonly options: SmokeRunsOptions) {
    this.memory = new RunsMemory(options.realTime);
    this.commits = new RunCommits(options);
  }

  public get settings(): SmokeSettings {
    return this.options.settings;
  }

  public get follower(): Follower {
    return this.memory;
  }

  /** Newest first. */
  public list(): readonly SmokeRunDocument[] {
    return this.memory.list();
  }

  /** How the tests of a run are doing that goes on in this process. */
  public ticksOf(id: string): readonly SmokeTick[] | undefined {
    return this.ticks.get(id);
  }

  /**
   * Runs a suite or one test, each test once. With the store away they run all the same: that is when people need them.
   *
   * @throws {UnknownSmoke}
   */
  public async run(request: RunRequest): Promise<RunOutcome> {
    const { runner, process, release, domainTime, random } = this.options;
    const { what, by, reason } = request;
    const tests = this.testsOf(what);
    const id = newId(8, random);
    const longest = tests.reduce((sum, { timeoutMs }) => sum + timeoutMs, graceMs);
    const begun: SmokeRunDocument = {
      ...{ v: 0, schema: 1, id, what, state: 'running', process, release, endedAt: null, result: null },
      created: { by: by.id, name: by.name, at: domainTime.now(), ...(reason !== undefined && { reason }) },
      deadline: (await this.commits.now()) + longest,
    };
    const first = await this.commits.keep(begun, `Run ${nameOf(what)}`);
    const onTick = (ticks: readonly SmokeTick[]): void => {
      this.ticks.set(id, ticks);
      request.onTick?.(ticks);
    };
    const during = { onTick, ...(request.signal && { signal: request.signal }) };
    try {
      const result =
        'suite' in what
          ? await runner.runSuite(what.suite, during)
          : await this.one(what.test, request.signal);
      // What was given up says nothing of the bot: nobody is told of it, and no later run is compared with it.
      const isGivenUp = request.signal?.aborted === true;
      const state = isGivenUp ? 'lost' : result.verdict;
      const ended: SmokeRunDocument = {
        ...(first ?? begun),
        state,
        endedAt: domainTime.now(),
        result: isGivenUp ? null : trimmed(result),
      };
      const kept = await this.commits.keep(ended, `${nameOf(what)}: ${state}`, this.newsOf(ended, request));
      return { run: kept ?? ended, isKept: kept !== undefined };
    } finally {
      this.ticks.delete(id);
    }
  }

  /** What the leader does: runs that were lost, runs that are due, and what is of no use to anybody any more. */
  public async turn(fence: Fence): Promise<void> {
    const { store, settings, domainTime } = this.options;
    const now = await store.time();
    const failures = new TurnFailures();
    for (const run of this.list().filter(({ state, deadline }) => state === 'running' && deadline < now)) {
      const lost: SmokeRunDocument = { ...run, state: 'lost', endedAt: domainTime.now() };
      await failures.apart(() => this.commits.lose(lost, lostNotice(lost), fence));
    }
    const old = this.list()
      .slice(keptRuns)
      .filter(({ state }) => state !== 'running')
      .map((run) => ({ key: keyOf(run), v: run.v }));
    for (const useless of [...old, ...this.memory.forgotten(leftoversMs)])
      await failures.apart(() => this.commits.remove(useless, fence));
    if (this.isDue(settings.everyMs)) this.beginScheduled();
    failures.end('runs of smoke tests');
  }

  /** Nothing goes on by itself any more. */
  public async rest(): Promise<void> {
    this.scheduled?.stop.abort();
    await this.scheduled?.ended;
  }

  private isDue(everyMs: number | undefined): boolean {
    if (everyMs === undefined || this.scheduled !== undefined) return false;
    const last = this.list().find(({ created }) => created.by === scheduler.id);
    return last === undefined || this.options.domainTime.now() >= last.created.at + everyMs;
  }

  private beginScheduled(): void {
    const stop = new AbortController();
    const ended = this.run({ what: { suite: 'smoke' }, by: scheduler, signal: stop.signal })
      .catch((error: unknown) => this.options.warn('Smoke tests could not be run on schedule.', error))
      .finally(() => (this.scheduled = undefined));
    this.scheduled = { ended, stop };
  }

  private testsOf(what: SmokeRunDocument['what']) {
    const all = this.options.runner.list();
    const tests = all.filter((test) =>
      'suite' in what ? test.suites.includes(what.suite) : test.name === what.test,
    );
    if (tests.length > 0) return tests;
    if ('suite' in what) throw new UnknownSmoke(`suite "${what.suite}"`, this.options.runner.suites());
    throw new UnknownSmoke(
      `smoke test "${what.test}"`,
      all.map(({ name }) => name),
    );
  }

  private async one(name: string, signal: AbortSignal | undefined): Promise<SuiteResult> {
    const result = await this.options.runner.run(name, signal === undefined ? {} : { signal });
    return { verdict: result.verdict, tookMs: result.tookMs, results: [result], leftOut: [] };
  }

  /** Told where a test failed; by the schedule only where that is news. */
  private newsOf(run: SmokeRunDocument, { by, tells = true }: RunRequest): readonly Json[] {
    if (!tells) return [];
    const failed = failedIn(run);
    if (by.id !== scheduler.id) return failed === '' ? [] : [failedNotice(run)];
    const before = this.list().find(
      ({ id, created, result }) => id !== run.id && created.by === scheduler.id && result !== null,
    );
    if (failed === (before === undefined ? '' : failedIn(before))) return [];
    return [failed === '' ? wellAgainNotice(run) : failedNotice(run)];
  }
}
