/** Measuring on a real embedded store, with clocks that stand until they are moved. */
import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { Flushing } from '../../../../src/lib/health/recording/Flushing.js';
import { LedgerRecords } from '../../../../src/lib/health/recording/LedgerRecords.js';
import type { OwnReport } from '../../../../src/lib/health/recording/ProcessReport.js';
import { Recorder } from '../../../../src/lib/health/recording/Recorder.js';
import { Tidying } from '../../../../src/lib/health/recording/Tidying.js';
import { unitStart } from '../../../../src/lib/health/recording/unitOf.js';
import type { Arm } from '../../../../src/lib/health/judging/units.js';
import type { Ledger, Store } from '../../../../src/lib/state/Store.js';
import { lmdbGround } from '../../../support/lmdbGround.js';

/** A unit in May 2026. */
export const today = 1_976_000;

/** Snowflakes of 18 digits. */
export function guildId(number: number): string {
  return (200_000_000_000_000_000n + BigInt(number) * 7_919_000_003n).toString();
}

export class MeasuringGround {
  /** Domain time. */
  public now = unitStart(today);
  /** Real time of the processes. */
  public realNow = 1_000_000;
  /** How far the store's time is ahead of the machine's. */
  public storeAhead = 0;
  public readonly warnings: string[] = [];
  public readonly records: LedgerRecords;
  public readonly tidying: Tidying;

  private constructor(public readonly store: Store) {
    const { ledger } = store;
    const processes = store.blobs('processes');
    const storeTime = async (): Promise<number> => (await store.time()) + this.storeAhead;
    const warn = (message: string): void => void this.warnings.push(message);
    const clock = { now: () => this.now };
    const baselines = store.blobs('baselines');
    this.records = new LedgerRecords({ ledger, processes, baselines, clock, storeTime, warn });
    this.tidying = new Tidying({ ledger, processes, storeTime, warn });
  }

  public static async open(): Promise<MeasuringGround> {
    const ground = await lmdbGround();
    const store = await ground.open('t');
    onTestFinished(async () => {
      await store.close();
      await ground.dispose();
    });
    return new MeasuringGround(store);
  }

  /** Reads the same state as another process would, with nothing in its memory. */
  public elsewhere(): MeasuringGround {
    return new MeasuringGround(this.store);
  }

  /** A process of its own. @param ledger what it believes to be the store's */
  public process(name: string, ledger: Pick<Ledger, 'append'> = this.store.ledger): MeasuringProcess {
    return new MeasuringProcess(this, name, ledger);
  }
}

export class MeasuringProcess {
  public readonly recorder: Recorder;
  public readonly flushing: Flushing;

  public constructor(ground: MeasuringGround, name: string, ledger: Pick<Ledger, 'append'>) {
    this.recorder = new Recorder({ now: () => ground.now });
    this.flushing = new Flushing({
      process: name,
      recorder: this.recorder,
      ledger,
      processes: ground.store.blobs('processes'),
      report: (flushedUntil) => reportOf({ flushedUntil }),
      clock: { now: () => ground.realNow },
      random: randomBytes,
      warn: (message) => ground.warnings.push(message),
    });
  }

  /** One run that met the rollout's flag. */
  public run(guild: string, rolloutId: string, arm: Arm, options: RunOptions = {}): void {
    const { outcome = 'ok', ms = 20, isRandomised = true } = options;
    const run = this.recorder.begin({ name: 'hello', guildId: guild });
    run.exposed(rolloutId, arm, isRandomised);
    run.end(outcome, ms);
  }

  /** One run that met none. */
  public plainRun(guild: string, options: RunOptions = {}): void {
    const { outcome = 'ok', ms = 20 } = options;
    this.recorder.begin({ name: 'hello', guildId: guild }).end(outcome, ms);
  }
}

interface RunOptions {
  readonly outcome?: 'ok' | 'refused' | 'user-error' | 'error';
  readonly ms?: number;
  readonly isRandomised?: boolean;
}

export function reportOf(facts: Partial<OwnReport> = {}): OwnReport {
  return {
    flushedUntil: 0,
    startedAt: 0,
    memory: [],
    eventLoopDelayMs: { median: 0, p99: 0, max: 0 },
    gatewayPingMs: null,
    probes: {},
    ...facts,
  };
}
