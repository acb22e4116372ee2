/** The lease holder's part: makes one row of each unit that is over, and forgets units and processes that are too old. */
import type { Blobs, Ledger } from '../../state/Store.js';
import { LedgerRows } from './LedgerRows.js';
import { beginning, first } from './seriesNames.js';
import { unitOf } from './unitOf.js';

export interface TidyingOptions {
  readonly ledger: Ledger;
  /** Room `processes`. */
  readonly processes: Blobs;
  /** The store's own (real) time. */
  readonly storeTime: () => Promise<number>;
  readonly warn: (message: string, cause?: unknown) => void;
}

const unitsADay = 96;
const keptUnits = 8 * unitsADay;
/** A unit that has been over for so long gets no more rows in the ordinary course of things. */
const settlingUnits = 2;
/** Reports of processes that have been silent for so long are removed, ms of the store's time. */
const forgottenMs = 60 * 60_000;

export class Tidying {
  private readonly rows: LedgerRows;
  /** Units before this one have been folded, as far as this process knows. */
  private foldedBefore: number | undefined;

  public constructor(private readonly options: TidyingOptions) {
    this.rows = new LedgerRows(options.ledger, options.warn);
  }

  /** @param now domain time, ms since epoch */
  public async turn(now: number): Promise<void> {
    await this.fold(unitOf(now) - settlingUnits);
    await this.forget(unitOf(now) - keptUnits);
    await this.forgetProcesses();
  }

  private async fold(before: number): Promise<void> {
    const { ledger } = this.options;
    const from = Math.min(before, this.foldedBefore ?? before - unitsADay);
    for (const name of await ledger.series(beginning(from), beginning(before))) await this.rows.fold(name);
    this.foldedBefore = before;
  }

  private async forget(before: number): Promise<void> {
    const { ledger } = this.options;
    await ledger.drop(await ledger.series(first, beginning(before)));
  }

  private async forgetProcesses(): Promise<void> {
    const { processes, storeTime } = this.options;
    const now = await storeTime();
    for (const { owner, at } of await processes.all())
      if (now - at > forgottenMs) await processes.remove(owner);
  }
}
