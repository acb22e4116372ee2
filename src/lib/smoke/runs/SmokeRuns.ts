/** Runs of smoke tests: begun by people, deployments and the schedule, written down, shown while they go on. */
import type { Clock } from '../../core/Clock.js';
import { newId, type RandomBytes } from '../../core/ids.js';
import type { Json } from '../../core/Json.js';
import { Unavailable } from '../../state/errors.js';
import type { Fence, Follower, Store } from '../../state/Store.js';
import type { SmokeRunner } from '../SmokeRunner.js';
import type { SmokeSettings } from '../SmokeSettings.js';
import type { SmokeTick, SuiteResult } from '../SmokeTest.js';
import { runPrefix, type SmokeRunDocument } from './documents.js';
import { UnknownSmoke } from './errors.js';
import { failedIn, failedNotice, lostNotice, nameOf, trimmed, wellAgainNotice } from './results.js';
import { RunsMemory } from './RunsMemory.js';
import { bodyOf } from '../../state/committing/bodyOf.js';

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
const withinMs = 1_500;
const graceMs = 15_000;
const leftoversMs = 600_000;
const scheduler = { id: 'system:smoke', name: 'the schedule' } as const;

export class SmokeRuns {
  private readonly memory: RunsMemory;
  private readonly ticks = new Map<string, readonly SmokeTick[]>();
  private scheduled: { readonly ended: Promise<unknown>; readonly stop: AbortController } | undefined;

  public constructor(private readonly options: SmokeRunsOptions) {
    this.memory = new RunsMemory(options.realTime);
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
      deadline: (await this.now()) + longest,
    };
    const first = await this.keep(begun, `Run ${nameOf(what)}`);
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
      const ended: SmokeRunDocument = {
        ...(first ?? begun),
        state: result.verdict,
        endedAt: domainTime.now(),
        result: trimmed(result),
      };
      const kept = await this.keep(ended, `${nameOf(what)}: ${result.verdict}`, this.newsOf(ended, request));
      return { run: kept ?? ended, isKept: kept !== undefined };
    } finally {
      this.ticks.delete(id);
    }
  }

  /** What the leader does: runs that were lost, runs that are due, and what was left behind. */
  public async turn(fence: Fence): Promise<void> {
    const { store, settings, domainTime } = this.options;
    const now = await store.time();
    for (const run of this.list().filter(({ state, deadline }) => state === 'running' && deadline < now)) {
      const lost: SmokeRunDocument = { ...run, state: 'lost', endedAt: domainTime.now() };
      await this.commit(lost, `${nameOf(run.what)}: lost`, [lostNotice(lost)], fence);
    }
    for (const { key, v } of this.memory.forgotten(leftoversMs))
      await this.write([{ ns: 'deployments', key, expect: v, next: null }], [], [], fence);
    if (settings.everyMs === undefined || this.scheduled !== undefined) return;
    const last = this.list().find(({ created }) => created.by === scheduler.id);
    if (last !== undefined && domainTime.now() < last.created.at + settings.everyMs) return;
    const stop = new AbortController();
    const ended = this.run({ what: { suite: 'smoke' }, by: scheduler, signal: stop.signal })
      .catch((error: unknown) => this.options.warn('Smoke tests could not be run on schedule.', error))
      .finally(() => (this.scheduled = undefined));
    this.scheduled = { ended, stop };
  }

  /** Nothing goes on by itself any more. */
  public async rest(): Promise<void> {
    this.scheduled?.stop.abort();
    await this.scheduled?.ended;
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

  /** Undefined where the store is away. */
  private async keep(
    run: SmokeRunDocument,
    title: string,
    outbox: readonly Json[] = [],
  ): Promise<SmokeRunDocument | undefined> {
    try {
      return await this.commit(await this.newest(run), title, outbox);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      this.options.warn('A run of smoke tests could not be written down: the state store is away.', error);
      return undefined;
    }
  }

  /** Whoever leads may have taken a slow run for lost: its end counts for more. */
  private async newest(run: SmokeRunDocument): Promise<SmokeRunDocument> {
    if (run.state === 'running') return run;
    const [document] = await this.options.store.getMany('deployments', [`${runPrefix}${run.id}`]);
    return { ...run, v: document?.v ?? 0 };
  }

  /** The store's time, or ours while it is away. */
  private async now(): Promise<number> {
    try {
      return await this.options.store.time();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      return this.options.realTime.now();
    }
  }

  private async commit(
    run: SmokeRunDocument,
    title: string,
    outbox: readonly Json[],
    fence?: Fence,
  ): Promise<SmokeRunDocument> {
    const { by, name, reason } = run.created;
    const own = {
      ns: 'deployments',
      key: `${runPrefix}${run.id}`,
      expect: run.v,
      next: bodyOf(run),
    } as const;
    const old = run.v === 0 ? this.list().slice(keptRuns - 1) : [];
    const forgotten = old.map(({ id, v: version }) => ({
      ...({ ns: 'deployments', key: `${runPrefix}${id}`, expect: version, next: null } as const),
    }));
    const audit = { kind: 'smoke', title, by: { id: by, name }, ...(reason !== undefined && { reason }) };
    return { ...run, v: await this.write([own, ...forgotten], [audit], outbox, fence) };
  }

  private async write(
    changes: Parameters<Store['commit']>[0]['changes'],
    audit: readonly Json[],
    outbox: readonly Json[],
    fence?: Fence,
  ): Promise<number> {
    const { store, random } = this.options;
    const notAfter = (await store.time()) + withinMs;
    const order = { op: newId(20, random), notAfter, changes, audit, outbox };
    return (await store.commit({ ...order, ...(fence && { fence }) })).seq;
  }
}
