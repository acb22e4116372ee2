/** Works through the outbox entries of one channel, in order and one at a time; what it cannot do yet holds back only itself. */
import type { Clock } from '../../core/Clock.js';
import type { Logger } from '../../core/Logger.js';
import { RolloutError } from '../../core/RolloutError.js';
import { Fenced } from '../../state/errors.js';
import type { OutboxEntry, Settlement } from '../../state/Store.js';
import type { Notice } from '../Card.js';
import { Undeliverable } from '../Messenger.js';
import { reference } from '../reference.js';
import { backoffMs } from './backoff.js';
import type { Storm } from '../storms/Storm.js';

/** An entry on its way. */
export interface Work {
  readonly entry: OutboxEntry;
  readonly notice: Notice | undefined;
  /** Known, but perhaps not yet written down. */
  settlement?: Settlement;
  /** Times that handling it ended in a fault of this program. */
  faults: number;
}

export interface LaneOptions {
  /** As people know it: `#operations`. */
  readonly name: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  /** Handles one entry; undefined where it was handed on to another lane. Throws {@link Undeliverable}. */
  readonly handle: (work: Work) => Promise<Settlement | undefined>;
  readonly settle: (work: Work, settlement: Settlement) => Promise<void>;
  /** False as soon as another process leads: nothing may be sent then. */
  readonly mayAct: () => boolean;
  /** Where the channel must not be flooded. */
  readonly storm?: { readonly limit: Storm; readonly fold: (works: readonly Work[]) => Promise<Settlement> };
  /** The channel takes messages again after it had been given up. */
  readonly onReopened: () => void;
}

/** A channel that was given up is tried again by a new notice at most this often, ms. */
const closedForMs = 60_000;
/** A notice that makes this program fail so often is parked. */
const mostFaults = 5;

export class Lane {
  private readonly queue: Work[] = [];
  private running: Promise<void> | undefined;
  private notBefore = 0;
  /** It waits for the next message that stands for many, and not because anything failed. */
  private isGathering = false;
  private failures = 0;
  private closed: { readonly reason: string; readonly until: number } | undefined;

  public constructor(private readonly options: LaneOptions) {}

  /** True while nothing is to be remembered of it. */
  public get isForgettable(): boolean {
    return this.queue.length === 0 && this.running === undefined && this.closed === undefined;
  }

  public get isWorking(): boolean {
    return this.running !== undefined;
  }

  /** Adds an entry at its place in commit order, behind the one that is being handled. */
  public add(work: Work): void {
    let place = this.queue.length;
    const first = this.running === undefined ? 0 : 1;
    while (place > first && isBefore(work.entry, this.queue[place - 1]?.entry)) place -= 1;
    this.queue.splice(place, 0, work);
    // Who is called must not wait as long as what calls nobody.
    if (this.isGathering && work.notice?.pingOnCall === true) this.notBefore = 0;
  }

  /** Starts working, unless it is at work or has been told to wait. */
  public go(): void {
    if (this.running !== undefined || this.queue.length === 0) return;
    if (this.options.clock.now() < this.notBefore) return;
    this.isGathering = false;
    this.running = this.work().finally(() => {
      this.running = undefined;
    });
  }

  /** Resolves when nothing is in flight. */
  public async rest(): Promise<void> {
    await this.running;
  }

  private async work(): Promise<void> {
    for (let work = this.queue[0]; work !== undefined && this.options.mayAct(); work = this.queue[0]) {
      try {
        const waitMs = await this.foldBeyond(work);
        if (waitMs > 0) {
          this.notBefore = this.options.clock.now() + waitMs;
          this.isGathering = true;
          return;
        }
        await this.finish(work);
      } catch (error) {
        if (error instanceof Fenced) return;
        if (!this.postpone(work, error)) continue;
        return;
      }
      this.queue.shift();
    }
  }

  /** Decides over everything that waits, where too much does. @returns ms to wait before that may be told */
  private async foldBeyond(work: Work): Promise<number> {
    const { storm } = this.options;
    if (storm === undefined || this.closed !== undefined || !isFoldable(work)) return 0;
    if (storm.limit.allowsOne()) return 0;
    const waiting = this.queue.filter(isFoldable);
    const waitMs = storm.limit.foldsInMs(waiting.some(({ notice }) => notice?.pingOnCall === true));
    if (waitMs > 0) return waitMs;
    try {
      const settlement = await storm.fold(waiting);
      for (const each of waiting) each.settlement = settlement;
      storm.limit.folded(waiting.length);
    } catch (error) {
      // What cannot be delivered at all is found out, and written down, notice by notice.
      if (!(error instanceof Undeliverable) || error.fate === 'retry') throw error;
    }
    return 0;
  }

  private async finish(work: Work): Promise<void> {
    work.settlement ??= await this.decide(work);
    if (work.settlement !== undefined) await this.options.settle(work, work.settlement);
    if (this.failures === 0) return;
    this.failures = 0;
    this.options.logger.info(`Notices to ${this.options.name} go on.`);
  }

  private async decide(work: Work): Promise<Settlement | undefined> {
    if (this.closed !== undefined && this.options.clock.now() < this.closed.until) {
      return { status: 'parked', reason: this.closed.reason };
    }
    try {
      const settlement = await this.options.handle(work);
      this.options.storm?.limit.sentOne();
      this.reopen();
      return settlement;
    } catch (error) {
      if (!(error instanceof Undeliverable) || error.fate === 'retry') throw error;
      return this.giveUp(work, error);
    }
  }

  private giveUp({ entry }: Work, { fate, fault, message }: Undeliverable): Settlement {
    const { name, logger, clock } = this.options;
    if (fate === 'drop') {
      logger.info(`Notice ${reference(entry)} to ${name} is dropped: ${message}`);
      return { status: 'dropped', reason: message };
    }
    if (fault === 'message') {
      logger.error(`Notice ${reference(entry)} to ${name} is parked: ${message}`);
    } else {
      if (this.closed?.reason !== message) {
        logger.error(`Notices to ${name} are parked, from ${reference(entry)} on: ${message}`);
      }
      this.closed = { reason: message, until: clock.now() + closedForMs };
    }
    return { status: 'parked', reason: message };
  }

  private reopen(): void {
    if (this.closed === undefined) return;
    this.closed = undefined;
    this.options.logger.info(`Notices to ${this.options.name} arrive again.`);
    this.options.onReopened();
  }

  /** True where the lane must wait; false where the entry was given up for good and can be settled at once. */
  private postpone(work: Work, error: unknown): boolean {
    const { name, clock, random, logger } = this.options;
    const isFault = !(error instanceof Undeliverable) && !(error instanceof RolloutError);
    if (isFault && work.settlement === undefined && ++work.faults >= mostFaults) {
      logger.error(
        `Notice ${reference(work.entry)} to ${name} is parked: it makes this program fail.`,
        error,
      );
      work.settlement = { status: 'parked', reason: 'It makes this program fail; the log says where.' };
      return false;
    }
    this.failures += 1;
    const asked = error instanceof Undeliverable ? (error.afterMs ?? 0) : 0;
    const waitMs = Math.max(asked, backoffMs(this.failures, random));
    this.notBefore = clock.now() + waitMs;
    if (isFault || this.failures === 1) {
      logger.warn(`Notices to ${name} wait and are tried again (${reference(work.entry)} is next):`, error);
    }
    return true;
  }
}

/** A file can only be sent by itself; what is settled is only to be written down. */
function isFoldable({ notice, settlement }: Work): boolean {
  return settlement === undefined && notice !== undefined && notice.file === undefined;
}

/** Commit order: by sequence number, then by place in the commit. */
function isBefore(one: OutboxEntry, other: OutboxEntry | undefined): boolean {
  if (other === undefined) return false;
  return one.seq === other.seq ? place(one) < place(other) : one.seq < other.seq;
}

function place({ id }: OutboxEntry): number {
  return Number(id.slice(id.indexOf('-') + 1));
}
