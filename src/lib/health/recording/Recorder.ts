/** Counts runs in memory: by guild and unit, and again for every rollout whose flag a run met. */
import type { Clock } from '../../core/Clock.js';
import type { LedgerRow } from '../../state/Store.js';
import { fineBucket } from '../judging/latencyBuckets.js';
import type { Arm } from '../judging/units.js';
import { Counts } from './Counts.js';
import { pack } from './packing/pack.js';
import type { Outcome, Recording, Run, RunFacts } from './Recording.js';
import { baseSeries, rolloutSeries } from './seriesNames.js';
import { unitOf } from './unitOf.js';

/** With the store away for hours, what is kept stays within some tens of megabytes; the oldest units go first. */
const mostRows = 200_000;

interface Exposure {
  readonly rolloutId: string;
  readonly arm: Arm;
  readonly isRandomised: boolean;
}

/** What was counted since the last time. */
export interface Taken {
  readonly rows: readonly LedgerRow[];
  /** Everything before this domain time is in it, or was taken earlier. */
  readonly until: number;
  /** Units that were given up because too much had gathered. */
  readonly lostUnits: number;
}

export class Recorder implements Recording {
  private series = new Map<string, Counts>();
  private since: number;
  private rows = 0;
  private lostUnits = 0;
  private isClosed = false;

  /** @param clock domain time */
  public constructor(private readonly clock: Clock) {
    this.since = clock.now();
  }

  public begin(facts: RunFacts): Run {
    return new CountedRun(this, facts);
  }

  /** Packs what was counted, and begins anew. */
  public take(): Taken {
    const { series, since, lostUnits } = this;
    const until = Math.max(since, this.clock.now());
    this.series = new Map();
    this.rows = 0;
    this.lostUnits = 0;
    this.since = until;
    const rows = [...series].map(([name, counts]) => ({
      series: name,
      row: pack(counts.measured(since, until)),
    }));
    return { rows, until, lostUnits };
  }

  /** A run has ended. @param bucket of its duration; undefined where it was refused, and there is nothing to judge */
  public count(
    { guildId, countsAlways = true }: RunFacts,
    exposures: readonly Exposure[],
    isFailure: boolean,
    bucket: number | undefined,
  ): void {
    if (guildId === null || this.isClosed) return;
    const unit = unitOf(this.clock.now());
    if (countsAlways && bucket !== undefined)
      this.add(baseSeries(unit), guildId, 'control', true, isFailure, bucket);
    for (const { rolloutId, arm, isRandomised } of exposures)
      this.add(rolloutSeries(rolloutId, unit), guildId, arm, isRandomised, isFailure, bucket);
  }

  /** Runs that end from now on are not counted: nobody would take them. */
  public close(): void {
    this.isClosed = true;
  }

  private add(
    name: string,
    guild: string,
    arm: Arm,
    isRandomised: boolean,
    isFailure: boolean,
    bucket: number | undefined,
  ): void {
    let counts = this.series.get(name);
    if (counts === undefined) this.series.set(name, (counts = new Counts()));
    const before = counts.size;
    counts.add(guild, arm, isRandomised, isFailure, bucket);
    this.rows += counts.size - before;
    if (this.rows > mostRows) this.dropOldest();
  }

  private dropOldest(): void {
    const oldest = [...this.series.keys()].sort()[0];
    if (oldest === undefined) return;
    this.rows -= this.series.get(oldest)?.size ?? 0;
    this.series.delete(oldest);
    this.lostUnits++;
  }
}

/** A run under way: remembers which rollouts it met, and is counted when it ends. */
class CountedRun implements Run {
  public readonly name: string;
  public readonly guildId: string | null;
  public readonly countsAlways: boolean;
  public isEnded = false;
  private readonly exposures: Exposure[] = [];
  private marked: Outcome | undefined;

  public constructor(
    private readonly recorder: Recorder,
    { name, guildId, countsAlways = true }: RunFacts,
  ) {
    this.name = name;
    this.guildId = guildId;
    this.countsAlways = countsAlways;
  }

  public hasMet(rolloutId: string): boolean {
    for (const exposure of this.exposures) if (exposure.rolloutId === rolloutId) return true;
    return false;
  }

  public exposed(rolloutId: string, arm: Arm, isRandomised: boolean): void {
    if (this.isEnded || this.hasMet(rolloutId)) return;
    this.exposures.push({ rolloutId, arm, isRandomised });
  }

  public mark(outcome: Outcome): void {
    this.marked = outcome;
  }

  public end(outcome: Outcome, durationMs: number): void {
    if (this.isEnded) return;
    this.isEnded = true;
    const became = this.marked ?? outcome;
    // A clock that went backwards must not cost a run.
    const bucket = became === 'refused' ? undefined : fineBucket(Math.max(0, durationMs));
    this.recorder.count(this, this.exposures, became === 'error', bucket);
  }
}
