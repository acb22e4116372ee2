/**
 * Brings what was counted into the ledger. A batch keeps its id until it has landed, so that a second try is harmless; the
 * report that follows it is the heartbeat, and is written where nothing was counted, too.
 */
import type { Clock } from '../../core/Clock.js';
import { newId, type RandomBytes } from '../../core/ids.js';
import { rememberedMs } from '../../state/records.js';
import type { Blobs, Ledger } from '../../state/Store.js';
import { packReport, type OwnReport } from './ProcessReport.js';
import type { Recorder, Taken } from './Recorder.js';

export interface FlushingOptions {
  readonly process: string;
  readonly recorder: Recorder;
  readonly ledger: Pick<Ledger, 'append'>;
  /** Room `processes`. */
  readonly processes: Blobs;
  readonly report: (flushedUntil: number) => OwnReport;
  /** Real time. */
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly warn: (message: string, cause?: unknown) => void;
}

/** The store remembers a batch for an hour; a try that late could count it twice. */
const giveUpMs = rememberedMs - 5 * 60_000;

interface Batch extends Taken {
  readonly id: string;
  readonly madeAt: number;
}

export class Flushing {
  private pending: Batch | undefined;
  private turn: Promise<void> = Promise.resolve();

  public constructor(private readonly options: FlushingOptions) {}

  /** One at a time. Throws Unavailable; nothing is lost by that. */
  public flush(): Promise<void> {
    const next = this.turn.then(() => this.bring());
    // A failed turn must not stop the next; whoever asked is told.
    this.turn = next.catch(() => undefined);
    return next;
  }

  /** A last flush, and no report any more: an ended process is not a silent one. */
  public async end(): Promise<void> {
    await this.flush();
    await this.options.processes.remove(this.options.process);
  }

  private async bring(): Promise<void> {
    const { process, ledger, processes, report } = this.options;
    this.giveUpLate();
    this.pending ??= this.batch();
    const { id, rows, until } = this.pending;
    await ledger.append(id, rows);
    this.pending = undefined;
    await processes.put(process, packReport(report(until)));
  }

  private batch(): Batch {
    const { recorder, clock, random, warn } = this.options;
    const taken = recorder.take();
    if (taken.lostUnits > 0)
      warn(
        `The store was away for so long that ${taken.lostUnits} series of measurements had to be given up.`,
      );
    return { ...taken, id: newId(20, random), madeAt: clock.now() };
  }

  private giveUpLate(): void {
    const { clock, warn } = this.options;
    if (this.pending === undefined || clock.now() - this.pending.madeAt < giveUpMs) return;
    warn(
      'Some seconds of measurements were given up: nobody can tell whether the store took them an hour ago.',
    );
    this.pending = undefined;
  }
}
