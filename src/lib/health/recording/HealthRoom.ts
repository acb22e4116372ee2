/** Measuring as a whole: counts runs, brings them into the store, watches the process, and reads it all back for the judge. */
import { systemClock, type Clock } from '../../core/Clock.js';
import type { RandomBytes } from '../../core/ids.js';
import type { Store } from '../../state/Store.js';
import { Flushing } from './Flushing.js';
import type { HealthRecords, RecentBase, SummedBase } from './HealthRecords.js';
import { LedgerRecords } from './LedgerRecords.js';
import { measure } from './measure.js';
import { Probes, type After, type ProbeFunction } from './Probes.js';
import { ProcessGuards } from './ProcessGuards.js';
import { Recorder } from './Recorder.js';
import type { Outcome, Recording } from './Recording.js';
import { Tidying } from './Tidying.js';

export interface HealthOptions {
  readonly store: Store;
  /** Domain time: units and retention. */
  readonly clock: Clock;
  /** @default the machine's clock */
  readonly realTime?: Clock;
  readonly random: RandomBytes;
  /** Names this process for its lifetime. */
  readonly process: string;
  /** Round trip of the gateway's heartbeat, ms; null where it is not connected. */
  readonly gatewayPing: () => number | null;
  /** Waits in real time. */
  readonly after: After;
  /** What a thrown error makes of a run; told apart above, where people's errors are known. */
  readonly outcomeOf: (error: unknown) => Outcome;
  readonly warn: (message: string, cause?: unknown) => void;
}

export class HealthRoom {
  private readonly recorder: Recorder;
  public readonly records: HealthRecords & RecentBase & SummedBase;
  private readonly flushing: Flushing;
  private readonly tidying: Tidying;
  private readonly probes: Probes;
  private readonly guards: ProcessGuards;

  public constructor(private readonly options: HealthOptions) {
    const { store, clock, realTime = systemClock, random, process, gatewayPing, after, warn } = options;
    const { ledger } = store;
    const processes = store.blobs('processes');
    const baselines = store.blobs('baselines');
    const storeTime = async (): Promise<number> => store.time();
    const recorder = new Recorder(clock);
    this.recorder = recorder;
    this.records = new LedgerRecords({ ledger, processes, baselines, clock, storeTime, warn });
    this.tidying = new Tidying({ ledger, processes, storeTime, warn });
    this.probes = new Probes({ clock: realTime, after });
    this.probes.add('state-store', storeTime);
    const guards = new ProcessGuards({ clock: realTime, probes: this.probes, gatewayPing });
    this.guards = guards;
    this.flushing = new Flushing({
      process,
      recorder,
      ledger,
      processes,
      report: (flushedUntil) => guards.report(flushedUntil),
      clock: realTime,
      random,
      warn,
    });
  }

  /** What runs are counted by. */
  public get recording(): Recording {
    return this.recorder;
  }

  /**
   * Measures work of the host's own as if it were a command: what `work` resolves to is answered, what it throws is thrown.
   * Flags that are evaluated within it count for it.
   */
  public async measure<T>(name: string, guildId: string | null, work: () => T | PromiseLike<T>): Promise<T> {
    return measure(this.recording.begin({ name, guildId }), work, this.options.outcomeOf);
  }

  /** Asks `ask` every 30 s; three failures of five pause what is rolling out. @returns takes it away. @throws {ProbeExists} */
  public probe(name: string, ask: ProbeFunction): () => void {
    return this.probes.add(name, ask);
  }

  /** Every few seconds, in every process. Throws Unavailable; nothing is lost by that. */
  public async flush(): Promise<void> {
    await this.probes.askWhereDue();
    await this.flushing.flush();
  }

  /** Now and then, in the process that leads. */
  public async tidy(): Promise<void> {
    await this.tidying.turn(this.options.clock.now());
  }

  /** A last flush, if the store can be reached. */
  public async close(): Promise<void> {
    this.guards.close();
    this.recorder.close();
    try {
      await this.flushing.end();
    } catch (error) {
      this.options.warn('The last seconds of measurements could not be stored.', error);
    }
  }
}
