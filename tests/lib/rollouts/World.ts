/** A rollouts room on a real embedded store, with guilds that run commands while two clocks go on together. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { FlagsService, type GuildFacts } from '../../../src/lib/flags/FlagsService.js';
import type { FlagChange } from '../../../src/lib/flags/changes.js';
import type { CriticalReport } from '../../../src/lib/health/judging/hardLimits/userReports.js';
import { freezeCuts } from '../../../src/lib/health/judging/latencyCuts.js';
import { type Arm, unitMs, type UnitCounts } from '../../../src/lib/health/judging/units.js';
import { GuildNumbering } from '../../../src/lib/health/recording/columns/GuildNumbering.js';
import { UnitTable } from '../../../src/lib/health/recording/columns/UnitTable.js';
import type { Baseline, HealthRecords } from '../../../src/lib/health/recording/HealthRecords.js';
import type { ProcessReport } from '../../../src/lib/health/recording/ProcessReport.js';
import type { RolloutDocument } from '../../../src/lib/rollouts/documents.js';
import { PlanShelf } from '../../../src/lib/rollouts/plans/PlanShelf.js';
import { readPlan } from '../../../src/lib/rollouts/plans/readPlan.js';
import type { Plan } from '../../../src/lib/rollouts/plans/Plan.js';
import { Rollouts, type RolloutsRoomOptions } from '../../../src/lib/rollouts/Rollouts.js';
import type { RolloutStatus } from '../../../src/lib/rollouts/RolloutStatus.js';
import { openStore } from '../../../src/lib/state/openStore.js';
import type { Fence, Lease, Store } from '../../../src/lib/state/Store.js';
import { ada, guildId, today } from '../flags/room.js';

/** Domain time runs so much faster that a turn of 30 s is a unit. */
export const speed = unitMs / 30_000;

export interface Conduct {
  /** How many times as likely as usual a command with the feature fails. */
  harm: number;
  /** How many coarse buckets slower it is with the feature. */
  slower: number;
  /** Fraction of commands that fail whatever they do, in both arms. */
  outage: number;
  /** Commands a guild and unit; 0 = nobody does anything. */
  traffic: number;
  /** Only this guild's commands fail, each of them. */
  broken: string | undefined;
  /** No process writes anything. */
  isSilent: boolean;
}

export interface WorldOptions extends Partial<RolloutsRoomOptions> {
  readonly amount?: number;
  readonly plan?: Plan;
  readonly baseRate?: number;
  readonly wrap?: (store: Store) => Store;
}

/** Park, Miller 1988: the same numbers everywhere. */
export function seeded(seed: number): () => number {
  let state = seed % 2_147_483_647;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

export class World {
  public now = Math.ceil(today / unitMs) * unitMs;
  public realNow = 1_800_000_000_000;
  public readonly conduct: Conduct = {
    harm: 1,
    slower: 0,
    outage: 0,
    traffic: 4,
    broken: undefined,
    isSilent: false,
  };
  public reports: CriticalReport[] = [];
  public stars: { guild: string; arm: Arm; stars: number; at: number }[] = [];
  public processes: ProcessReport[] = [];
  public reads = 0;
  /** Rollouts whose baseline was given up, in this order. */
  public readonly forgotten: string[] = [];
  public guilds: GuildFacts[];
  public rollouts!: Rollouts;
  public flags!: FlagsService;
  public store!: Store;
  public fence!: Fence;
  private readonly rows = new Map<number, readonly UnitCounts[]>();
  private readonly numbering = new GuildNumbering();
  private readonly random = seeded(7);
  private lastFlushAt: number | null = null;
  private settledUntil: number | null = null;
  private readonly baseRate: number;

  private constructor(private readonly options: WorldOptions) {
    this.baseRate = options.baseRate ?? 0.01;
    this.guilds = Array.from({ length: options.amount ?? 120 }, (_, at) => ({
      id: guildId(at),
      name: `Guild ${at}`,
      members: 100,
      joinedAt: today,
    }));
  }

  public static async open(options: WorldOptions = {}): Promise<World> {
    const world = new World(options);
    await world.begin();
    return world;
  }

  /** Another process on the same state. */
  public room(store: Store = this.store): Rollouts {
    const plans = PlanShelf.builtIn();
    const { plan } = this.options;
    const clock = { now: () => this.now, speed };
    return new Rollouts({
      store,
      flags: this.flags,
      records: this.records(),
      feedback: {
        criticalReports: (_flag, since) => Promise.resolve(this.reports.filter(({ at }) => at >= since)),
        ratings: (_flag, from, to) => Promise.resolve(this.stars.filter(({ at }) => at >= from && at < to)),
      },
      plans: () => (plan === undefined ? plans : shelfOf(plan)),
      clock,
      realTime: { now: () => this.realNow },
      hasApprovers: false,
      wait: () => Promise.resolve(),
      ...this.options,
    });
  }

  public async do(change: FlagChange): Promise<void> {
    const outcome = await this.flags.change({ change, by: ada });
    if (outcome.status === 'confirm')
      await this.flags.change({ change, by: ada, confirmed: outcome.proposal });
  }

  /** A unit of domain time passes, in which guilds run commands; then the judge has a turn. */
  public async unit(): Promise<void> {
    this.live();
    await this.turn();
  }

  /** Time passes without a turn. */
  public live(): void {
    const unit = Math.floor(this.now / unitMs);
    if (!this.conduct.isSilent) this.rows.set(unit, this.run());
    this.now += unitMs;
    this.realNow += 30_000;
    if (this.conduct.isSilent) return;
    this.lastFlushAt = this.realNow;
    this.settledUntil = this.now;
  }

  public turn(): Promise<number> {
    return this.rollouts.turn(this.fence);
  }

  /** Goes on until something holds, or so many units have passed. */
  public async until(holds: (document: RolloutDocument) => boolean, units = 2_000): Promise<RolloutDocument> {
    const { id } = await this.status();
    for (let passed = 0; passed < units; passed++) {
      const document = await this.document(id);
      if (holds(document)) return document;
      await this.unit();
    }
    const { headline, verdict, obstacle } = await this.status();
    const sentences = verdict?.sentences.join(' ') ?? '';
    throw new Error(`It did not happen within ${units} units: ${headline}. ${sentences} ${obstacle ?? ''}`);
  }

  public async units(amount: number): Promise<void> {
    for (let passed = 0; passed < amount; passed++) await this.unit();
  }

  /** As it stands in the store. */
  public async document(id?: string): Promise<RolloutDocument> {
    const [document = null] = await this.store.getMany('rollouts', [id ?? (await this.status()).id]);
    if (document === null) throw new Error('There is no rollout.');
    return document as unknown as RolloutDocument;
  }

  public async start(
    guilds: readonly string[] | undefined = [guildId(0), guildId(1)],
  ): Promise<RolloutStatus> {
    const asked = {
      flag: 'greeting',
      by: ada,
      ...(guilds !== undefined && { guilds }),
      ...(this.options.plan !== undefined && { plan: this.options.plan.name }),
    };
    let outcome = await this.rollouts.start(asked);
    if (outcome.status === 'confirm')
      outcome = await this.rollouts.start({ ...asked, confirmed: outcome.proposal });
    if (outcome.status !== 'done') throw new Error(`expected done, got ${outcome.status}`);
    return outcome.rollout;
  }

  public status(): Promise<RolloutStatus> {
    return this.rollouts.status('greeting');
  }

  public on(): readonly string[] {
    return this.guilds.map(({ id }) => id).filter((id) => this.flags.isEnabled('greeting', id));
  }

  public async notices(): Promise<
    readonly {
      kind: string;
      to: unknown;
      pingOnCall?: boolean;
      pingApprovers?: boolean;
      card: { title: string };
    }[]
  > {
    return (await this.store.outbox.pending(10_000)).map(({ body }) => body as never);
  }

  private async begin(): Promise<void> {
    const directory = await mkdtemp(join(tmpdir(), 'rollouts-'));
    const store = await openStore({ dataDir: directory, prefix: 'test' });
    const clock = { now: () => this.now };
    this.store = (this.options.wrap ?? ((one: Store) => one))(store);
    this.flags = new FlagsService({ store: this.store, clock, servesFlags: true });
    this.rollouts = this.room();
    const followings = [await store.follow(this.flags.follower), await store.follow(this.rollouts.follower)];
    await this.flags.directory.serve({ shards: [0], count: 1, guilds: () => this.guilds });
    const lease = await leaseOf(store, (fence) => (this.fence = fence));
    onTestFinished(async () => {
      this.flags.close();
      this.rollouts.close();
      await lease.close();
      for (const following of followings) await following.close();
      await store.close();
      await rm(directory, { recursive: true, force: true });
    });
    await this.do({ do: 'create', flag: 'greeting', facts: {} });
  }

  private run(): UnitCounts[] {
    const { harm, slower, outage, traffic, broken } = this.conduct;
    if (traffic === 0) return [];
    const flag = this.flags.world.flags.get('greeting');
    return this.guilds.map(({ id }): UnitCounts => {
      const hasIt = this.flags.isEnabled('greeting', id);
      const rate = broken === undefined ? this.baseRate * (hasIt ? harm : 1) + outage : broken === id ? 1 : 0;
      let failures = 0;
      for (let left = traffic; left > 0; left--) if (this.random() < rate) failures++;
      const bucket = 12 + Math.floor(this.random() * 4) + (hasIt ? slower : 0);
      const isTarget = flag?.rollout?.targets.includes(id) ?? false;
      return {
        guild: id,
        arm: hasIt ? 'canary' : 'control',
        isRandomised: !isTarget,
        runs: traffic,
        failures,
        durations: { [bucket]: traffic },
      };
    });
  }

  private records(): HealthRecords {
    const rate = 1 - (1 - this.baseRate) ** 4;
    const cuts = freezeCuts({ 12: 100, 13: 100, 14: 100, 15: 100 });
    const baseline: Baseline = {
      frozenAt: this.now,
      units: 672,
      cuts,
      rowOf: () => 0,
      errorOffset: () => rate,
      latencyOffset: (_row, cut) => cuts[cut]?.slower ?? 0.1,
      dailyRuns: () => 384,
    };
    const none = { canary: {}, control: {} };
    return {
      units: (_id, unit) => {
        this.reads++;
        return Promise.resolve(UnitTable.of(this.rows.get(unit) ?? [], this.numbering));
      },
      armDurations: () => Promise.resolve(none),
      recent: () => Promise.resolve(UnitTable.of(this.newest(), this.numbering)),
      baseUnits: () => Promise.resolve([]),
      processes: () => Promise.resolve(this.processes),
      lastFlushAt: () => Promise.resolve(this.lastFlushAt),
      settledUntil: () => Promise.resolve(this.settledUntil),
      freeze: () => Promise.resolve(baseline),
      baseline: () => Promise.resolve(baseline),
      forgetBaseline: (id) => {
        this.forgotten.push(id);
        return Promise.resolve();
      },
    };
  }

  private newest(): readonly UnitCounts[] {
    return this.rows.get(Math.floor(this.now / unitMs) - 1) ?? [];
  }
}

export function planOf(yaml: string): Plan {
  const read = readPlan(yaml, 'test.yaml', 'test');
  if (read.ok) return read.plan;
  throw new Error(JSON.stringify(read.problems));
}

/** One step of 4 h at 20 %, then the end. */
export const shortPlan = planOf(`
rollout_strategy:
  name: short
  phases:
    - { name: some, percentage: 20, duration: 4h }
    - { name: rest, percentage: 100, duration: 4h }
  minimum_exposure: { guilds: 5, commands: 50 }
  tolerance: 20
`);

function shelfOf(plan: Plan): PlanShelf {
  return {
    all: [{ ok: true, source: 'test', plan }],
    names: [plan.name],
    problems: [],
    plan: () => plan,
  } as unknown as PlanShelf;
}

function leaseOf(store: Store, gained: (fence: Fence) => void): Promise<Lease> {
  return new Promise((resolve, reject) => {
    let lease: Lease | undefined;
    let has = false;
    const done = (): void => {
      if (lease !== undefined && has) resolve(lease);
    };
    store
      .lease('control', {
        owner: 'test',
        ttlMs: 60_000,
        onGained: (fence) => {
          gained(fence);
          has = true;
          done();
        },
        onLost: () => undefined,
      })
      .then((one) => {
        lease = one;
        done();
      }, reject);
  });
}
