/** A rollbacks room on a real embedded store, with steps and a proof that the test decides about, and clocks that it moves. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CardField } from '../../../src/lib/alerts/Card.js';
import { FlagsService, type GuildFacts } from '../../../src/lib/flags/FlagsService.js';
import { UnitTable } from '../../../src/lib/health/recording/columns/UnitTable.js';
import type { FlagChange } from '../../../src/lib/flags/changes.js';
import type { CriticalReport } from '../../../src/lib/health/judging/hardLimits/userReports.js';
import type { BaseCounts, Baseline } from '../../../src/lib/health/recording/HealthRecords.js';
import type { ProcessReport } from '../../../src/lib/health/recording/ProcessReport.js';
import type { RollbackDocument, StepName } from '../../../src/lib/rollbacks/documents.js';
import { checkNames, type Proof } from '../../../src/lib/rollbacks/proof/Proof.js';
import {
  type RollbackOutcome,
  type RollbackRequest,
  Rollbacks,
  type RollbacksRoomOptions,
} from '../../../src/lib/rollbacks/Rollbacks.js';
import type { StepWork } from '../../../src/lib/rollbacks/work.js';
import { PlanShelf } from '../../../src/lib/rollouts/plans/PlanShelf.js';
import { Rollouts } from '../../../src/lib/rollouts/Rollouts.js';
import { openStore } from '../../../src/lib/state/openStore.js';
import type { Fence, Lease, Store } from '../../../src/lib/state/Store.js';
import { ada, guildsNamed, today } from '../flags/room.js';

export interface GroundOptions extends Partial<RollbacksRoomOptions> {
  readonly guilds?: readonly GuildFacts[];
  readonly wrap?: (store: Store) => Store;
  /** Commits fail, are counted, or are watched: for the rollbacks room alone. */
  readonly wrapRoom?: (store: Store) => Store;
}

export class Ground {
  public now = today;
  public realNow = 1_800_000_000_000;
  /** How fast domain time runs beside real time; real time is moved by hand in any case. */
  public speed = 1;
  public store!: Store;
  public flags!: FlagsService;
  public rollouts!: Rollouts;
  public rollbacks!: Rollbacks;
  public fence!: Fence;
  /** Steps that were run, in order. */
  public readonly ran: string[] = [];
  /** What becomes of a step, by its name; resolved with a detail, rejected with why not. */
  public readonly fates = new Map<StepName, () => Promise<string>>();
  public proof: (document: RollbackDocument, before: Proof | null) => Promise<Proof>;
  public proofsAsked = 0;
  public base: readonly { readonly at: number; readonly counts: BaseCounts }[] = [];
  public processes: ProcessReport[] = [];
  public reports: CriticalReport[] = [];
  public readonly warnings: string[] = [];
  public readonly forgotten: string[] = [];
  private readonly timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  private constructor(private readonly options: GroundOptions) {
    this.proof = () => Promise.resolve(this.proofOf('proven', true));
  }

  public static async open(options: GroundOptions = {}): Promise<Ground> {
    const ground = new Ground(options);
    await ground.begin();
    return ground;
  }

  /** This process after it died: what it knew of flags and rollouts is loaded already. */
  public async room(store: Store = this.store, flags = this.flags, isDeaf = false): Promise<Rollbacks> {
    const { wrapRoom = (one: Store) => one, guilds: _, wrap: __, ...rest } = this.options;
    const room = new Rollbacks({
      store: wrapRoom(store),
      flags,
      rollouts: this.rollouts,
      records: this.records(),
      feedback: {
        criticalReports: (_flag, since) => Promise.resolve(this.reports.filter((one) => one.at >= since)),
      },
      works: this.works(),
      prove: (document, before) => {
        this.proofsAsked++;
        return this.proof(document, before);
      },
      writeReceipt: ({ id }) =>
        Promise.resolve({ digest: `digest-of-${id}`, file: { name: `receipt-${id}.json`, text: '{}' } }),
      clock: this.clock,
      realTime: { now: () => this.realNow },
      warn: (message) => void this.warnings.push(message),
      wait: () => new Promise((resolve) => setImmediate(resolve)),
      after: (ms, callback) => this.timer(ms, callback),
      ...rest,
    });
    const following = await store.follow(room.follower);
    if (isDeaf) await following.close();
    onTestFinished(async () => {
      room.close();
      await room.rest();
      await following.close();
    });
    return room;
  }

  /** Another process on the same state. @param isDeaf it has loaded the state, and hears of nothing that comes after */
  public async otherProcess(isDeaf = false): Promise<Rollbacks> {
    const flags = new FlagsService({ store: this.store, clock: this.clock, servesFlags: true });
    const following = await this.store.follow(flags.follower);
    if (isDeaf) await following.close();
    onTestFinished(async () => {
      flags.close();
      await following.close();
    });
    return this.room(this.store, flags, isDeaf);
  }

  public get clock(): { now(): number; readonly speed: number } {
    const ground = (): this => this;
    return {
      now: () => this.now,
      get speed() {
        return ground().speed;
      },
    };
  }

  /** Both clocks go on. */
  public pass(ms: number): void {
    this.now += ms * this.speed;
    this.realNow += ms;
    for (const timer of this.timers) {
      if (timer.at > this.realNow) continue;
      this.timers.delete(timer);
      timer.callback();
    }
  }

  public async do(change: FlagChange): Promise<void> {
    const outcome = await this.flags.change({ change, by: ada });
    if (outcome.status === 'confirm')
      await this.flags.change({ change, by: ada, confirmed: outcome.proposal });
  }

  /** Created, and on for so many hundredths of a percent. */
  public async serve(flag: string, basisPoints = 10_000): Promise<void> {
    await this.do({ do: 'create', flag, facts: {} });
    await this.do({ do: 'enable', flag, basisPoints });
  }

  public async now_(flag: string | null, room: Rollbacks = this.rollbacks): Promise<RollbackDocument> {
    return done(await room.now(asked(flag)));
  }

  /** A turn, after what was begun in the background has had its time. */
  public async turn(room: Rollbacks = this.rollbacks): Promise<number> {
    await settled();
    const again = await room.turn(this.fence);
    await settled();
    return again;
  }

  /** Turns, a second apart, until it holds. */
  public async until(
    holds: (document: RollbackDocument) => boolean,
    { room = this.rollbacks, stepMs = 1_000, turns = 400 } = {},
  ): Promise<RollbackDocument> {
    for (let turn = 0; turn < turns; turn++) {
      await this.turn(room);
      const document = room.list()[0];
      if (document !== undefined && holds(document)) return document;
      this.pass(stepMs);
    }
    throw new Error(`It did not happen: ${JSON.stringify(room.list()[0], null, 1)}`);
  }

  public on(flag: string): number {
    return this.flags.directory.all.filter(({ id }) => this.flags.isEnabled(flag, id)).length;
  }

  public async notices(): Promise<
    readonly { to: unknown; title: string; pings: boolean; file: unknown; fields: readonly CardField[] }[]
  > {
    return (await this.store.outbox.pending(10_000)).flatMap(({ body }) => {
      const { to, card, pingOnCall, file, kind } = body as never as {
        kind: string;
        to: unknown;
        card: { title: string; fields?: readonly CardField[] };
        pingOnCall?: boolean;
        file?: { name: string };
      };
      return kind === 'rollback'
        ? [{ to, title: card.title, pings: pingOnCall === true, file: file?.name, fields: card.fields ?? [] }]
        : [];
    });
  }

  public proofOf(verdict: Proof['verdict'], isFinal: boolean, sentence = 'Looked at.'): Proof {
    const of = { proven: 'passed', failed: 'failed', unknown: 'unknown' } as const;
    const checks = checkNames.map((name) => ({
      name,
      verdict: of[verdict],
      sentence,
      evidence: {},
      at: this.now,
    }));
    return { beganAt: this.now, at: this.now, checks, verdict, isFinal };
  }

  private works(): readonly StepWork[] {
    const names = ['snapshot', 'database', 'bring-up', 'hand-over', 'take-down'] as const;
    return names.map((name): StepWork => ({
      name,
      deadlineMs: 60_000,
      skipped: ({ withDatabase }) => (name === 'database' && !withDatabase ? 'Nobody asked for it.' : null),
      plan: () => Promise.resolve([`would ${name}`]),
      run: async ({ signal, progress }) => {
        this.ran.push(name);
        progress(`${name} is under way`);
        const fate = this.fates.get(name);
        if (fate === undefined) return { detail: `${name} is done`, facts: { step: name } };
        const aborted = new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('let go')));
        });
        return { detail: await Promise.race([fate(), aborted]) };
      },
    }));
  }

  private records(): RollbacksRoomOptions['records'] {
    const baseline: Baseline = {
      frozenAt: this.now,
      units: 672,
      cuts: [],
      rowOf: () => 0,
      errorOffset: () => 0.05,
      latencyOffset: () => 0.1,
      dailyRuns: () => 100,
    };
    return {
      baseBetween: (from, to) =>
        Promise.resolve(this.base.filter(({ at }) => at > from && at <= to).map(({ counts }) => counts)),
      freeze: () => Promise.resolve(baseline),
      baseline: () => Promise.resolve(undefined),
      forgetBaseline: (id) => {
        this.forgotten.push(id);
        return Promise.resolve();
      },
      settledUntil: () => Promise.resolve(this.now),
      processes: () => Promise.resolve(this.processes),
    };
  }

  private timer(ms: number, callback: () => void): { cancel(): void } {
    const timer = { at: this.realNow + ms, callback };
    this.timers.add(timer);
    return { cancel: () => void this.timers.delete(timer) };
  }

  private async begin(): Promise<void> {
    const directory = await mkdtemp(join(tmpdir(), 'rollbacks-'));
    const store = await openStore({ dataDir: directory, prefix: 'test' });
    this.store = (this.options.wrap ?? ((one: Store) => one))(store);
    const { clock } = this;
    this.flags = new FlagsService({ store: this.store, clock, servesFlags: true });
    this.rollouts = new Rollouts({
      store: this.store,
      flags: this.flags,
      records: {
        ...{
          units: () => Promise.resolve(UnitTable.of([])),
          recent: () => Promise.resolve(UnitTable.of([])),
          baseUnits: () => Promise.resolve([]),
        },
        lastFlushAt: () => Promise.resolve(this.realNow),
        ...this.records(),
      },
      feedback: { criticalReports: () => Promise.resolve([]), ratings: () => Promise.resolve([]) },
      plans: () => PlanShelf.builtIn(),
      clock,
      realTime: { now: () => this.realNow },
      random: randomBytes,
      hasApprovers: false,
    });
    const followings = [await store.follow(this.flags.follower), await store.follow(this.rollouts.follower)];
    const guilds = this.options.guilds ?? guildsNamed(40);
    await this.flags.directory.serve({ shards: [0], count: 1, guilds: () => guilds });
    const lease = await leaseOf(store, (fence) => (this.fence = fence));
    onTestFinished(async () => {
      this.flags.close();
      this.rollouts.close();
      await lease.close();
      for (const following of followings) await following.close();
      await store.close();
      await rm(directory, { recursive: true, force: true });
    });
    this.rollbacks = await this.room();
  }
}

export function asked(flag: string | null, more: Partial<RollbackRequest> = {}): RollbackRequest {
  return { by: ada, flag, trigger: 'security', reason: 'it leaks', ...more };
}

export function done(outcome: RollbackOutcome): RollbackDocument {
  if (outcome.status === 'done') return outcome.rollback;
  throw new Error(`expected done, got ${outcome.status}`);
}

export function stepsOf({ steps }: RollbackDocument): string {
  return steps.map(({ name, state }) => `${name} ${state}`).join(', ');
}

/** What was begun in the background has had its time. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function leaseOf(store: Store, gained: (fence: Fence) => void): Promise<Lease> {
  return new Promise((resolve, reject) => {
    let lease: Lease | undefined;
    let has = false;
    const complete = (): void => {
      if (lease !== undefined && has) resolve(lease);
    };
    store
      .lease('control', {
        owner: 'test',
        ttlMs: 60_000,
        onGained: (fence) => {
          gained(fence);
          has = true;
          complete();
        },
        onLost: () => undefined,
      })
      .then((one) => {
        lease = one;
        complete();
      }, reject);
  });
}
