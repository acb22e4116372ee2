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
import type { Plan } from '../../../src/lib/rollouts/plans/Plan.js';
import { Rollouts, type RolloutsRoomOptions } from '../../../src/lib/rollouts/Rollouts.js';
import type { RolloutStatus } from '../../../src/lib/rollouts/RolloutStatus.js';
import { openStore } from '../../../src/lib/state/openStore.js';
import type { Fence, Store } from '../../../src/lib/state/Store.js';
import { ada, guildId, today } from '../flags/room.js';
import { type Conduct, Crowd } from './Crowd.js';
import { leaseOf } from './leaseOf.js';
import { shelfOf } from './worldPlans.js';

export { planOf, shortPlan } from './worldPlans.js';

/** Domain time runs so much faster that a turn of 30 s is a unit. */
export const speed = unitMs / 30_000;

export interface WorldOptions extends Partial<RolloutsRoomOptions> {
  readonly amount?: number;
  readonly plan?: Plan;
  readonly baseRate?: number;
  readonly wrap?: (store: Store) => Store;
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
  private readonly crowd = new Crowd(this, () => this.baseRate);
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
    if (!this.conduct.isSilent) this.rows.set(unit, this.crowd.run(this.conduct));
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

  /** As an admin who says yes to what it would reach. */
  public async advance(rollout = 'greeting'): Promise<void> {
    const outcome = await this.rollouts.advance(rollout, { by: ada });
    if (outcome.status === 'confirm')
      await this.rollouts.advance(rollout, { by: ada, confirmed: outcome.proposal });
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
    return {
      units: (_id, unit) => {
        this.reads++;
        return Promise.resolve(UnitTable.of(this.rows.get(unit) ?? [], this.numbering));
      },
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
