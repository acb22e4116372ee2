/** The one loop that acts by itself: holds the lease, and while it leads gives every duty its turns. */
import type { Clock } from '../core/Clock.js';
import type { Logger } from '../core/Logger.js';
import type { CommitRef, Fence, Follower, Lease, LoadedState, ReloadCause, Store } from '../state/Store.js';
import type { Duty, DutyStatus } from './Duty.js';
import { systemTimers, type Timers } from './Timers.js';
import { Turns } from './Turns.js';

export interface ControlLoopOptions {
  readonly store: Pick<Store, 'lease'>;
  /** Names this process to people and to the other processes; not used twice at a time. */
  readonly owner: string;
  readonly duties: readonly Duty[];
  /** Real time. */
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timers?: Timers;
  /** How long a leader that went silent keeps others waiting, ms. @default 5000 */
  readonly leaseTtlMs?: number;
  /** How long a stop waits for duties that are at work before it gives the lease up anyway, ms. @default 5000 */
  readonly stopWithinMs?: number;
}

export interface ControlStatus {
  readonly isLeading: boolean;
  /** Real time, ms since epoch. */
  readonly leadingSince: number | undefined;
  readonly duties: readonly DutyStatus[];
}

/** The lease that the leader of a bot's processes holds. */
const controlLease = 'control';

/** After an attempt to queue up for the lease failed (the store was away), ms. */
const queueAgainMs = 1_000;
/** Time enough for another to be quicker, ms. */
const standBackMs = 15_000;

export class ControlLoop implements Follower {
  private readonly turns: readonly { readonly duty: Duty; readonly turns: Turns }[];
  private readonly timers: Timers;
  private lease: Promise<Lease | undefined> = Promise.resolve(undefined);
  private leadingSince: number | undefined;
  private isStopped = false;
  private queueing: { cancel(): void } | undefined;

  public constructor(private readonly options: ControlLoopOptions) {
    const { clock, logger, timers = systemTimers } = options;
    this.timers = timers;
    this.turns = options.duties.map((duty) => ({
      duty,
      turns: new Turns({ duty, clock, timers, logger, onFenced: () => this.lost() }),
    }));
  }

  public get status(): ControlStatus {
    return {
      isLeading: this.leadingSince !== undefined,
      leadingSince: this.leadingSince,
      duties: this.turns.map(({ turns }) => turns.status),
    };
  }

  /** Begins the duties of every process and queues up for the lease; with the store away, again until it is there. */
  public start(): void {
    for (const { duty, turns } of this.turns) if (duty.where === 'everywhere') turns.begin();
    this.queueUp();
  }

  /** Ends every duty, then hands the lease over. Safe to call twice. */
  public async stop(): Promise<void> {
    if (this.isStopped) return;
    this.isStopped = true;
    this.queueing?.cancel();
    const ended = Promise.all(this.turns.map(({ turns }) => turns.end())).then(() => true);
    const { stopWithinMs = 5_000, logger } = this.options;
    let deadline: { cancel(): void } | undefined;
    const tooLong = new Promise<false>((resolve) => {
      deadline = this.timers.after(stopWithinMs, () => resolve(false));
    });
    if (!(await Promise.race([ended, tooLong]))) {
      const busy = this.status.duties
        .filter(({ busySince }) => busySince !== undefined)
        .map(({ name }) => name);
      logger.warn(
        `Stopped waiting for duties that are still at work: ${busy.join(', ') || 'messages in flight'}.`,
      );
    }
    deadline?.cancel();
    this.leadingSince = undefined;
    try {
      await (await this.lease)?.close();
    } catch (error) {
      logger.warn('Could not hand the lease over; it runs out by itself.', error);
    }
  }

  /** Gives the lease up where it is held, and queues up for it again after a while: somebody else is better at it. */
  public standBack(): void {
    const { logger } = this.options;
    if (this.isStopped || this.leadingSince === undefined) return;
    const { lease } = this;
    this.lease = Promise.resolve(undefined);
    this.lost();
    this.queueing = this.timers.after(standBackMs, () => this.queueUp());
    // Whoever comes next may begin before the last turn here has ended: what it still commits is fenced.
    void lease
      .then((held) => held?.close())
      .catch((error: unknown) => logger.warn('Could not hand the lease over; it runs out by itself.', error));
  }

  /** Gives a duty (or all) its turn at once. */
  public wake(name?: string): void {
    for (const { duty, turns } of this.turns) if (name === undefined || duty.name === name) turns.wake();
  }

  public commits(): void {
    for (const { duty, turns } of this.turns) if (duty.wokenByCommits === true) turns.wake();
  }

  public reload(state: LoadedState, cause: ReloadCause, vanished: readonly CommitRef[]): void {
    for (const { duty } of this.turns) duty.reloaded?.(state, cause, vanished);
    this.wake();
  }

  public reachable(isReachable: boolean): void {
    if (isReachable) this.wake();
  }

  private queueUp(): void {
    const { store, owner, leaseTtlMs = 5_000, logger } = this.options;
    this.lease = store
      .lease(controlLease, {
        owner,
        ttlMs: leaseTtlMs,
        onGained: (fence) => this.gained(fence),
        onLost: () => this.lost(),
      })
      .catch((error: unknown) => {
        logger.warn('Could not queue up for the lease; trying again.', error);
        if (!this.isStopped) this.queueing = this.timers.after(queueAgainMs, () => this.queueUp());
        return undefined;
      });
  }

  private gained(fence: Fence): void {
    if (this.isStopped) return;
    this.leadingSince = this.options.clock.now();
    this.options.logger.info(`This process leads now (${this.options.owner}, token ${fence.token}).`);
    for (const { duty, turns } of this.turns) if (duty.where === 'leader') turns.begin(fence);
  }

  private lost(): void {
    if (this.leadingSince === undefined) return;
    this.leadingSince = undefined;
    this.options.logger.info('This process does not lead any more.');
    for (const { duty, turns } of this.turns) if (duty.where === 'leader') void turns.end();
  }
}
