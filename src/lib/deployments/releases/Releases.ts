/** The releases room: which release of the bot answers, and how one takes over from another. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../core/Clock.js';
import type { RandomBytes } from '../../core/ids.js';
import type { Logger } from '../../core/Logger.js';
import { NotNow } from '../../flags/errors.js';
import type { DamagedDocument } from '../../flags/FlagsRoom.js';
import type { Presence } from '../../presence/Presence.js';
import { Conflict, Damaged, Unavailable } from '../../state/errors.js';
import type { Follower, Store } from '../../state/Store.js';
import { type ReleasesDocument, type ReleasesRoom, releasesKey } from './documents.js';
import { Acknowledging, watchMs } from './Acknowledging.js';
import { Deciding } from './Deciding.js';
import { HandoverFailed } from './errors.js';
import { HandingOver, type Progress, type Wish } from './HandingOver.js';
import { ReleasesState } from './ReleasesState.js';
import { Sight } from './Sight.js';
import { Succession } from './Succession.js';
import { firstStart } from './turns.js';

export interface ReleasesOptions {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'time'>;
  readonly presence: Pick<Presence, 'release' | 'living' | 'everyone' | 'say' | 'turn' | 'heardAt'>;
  /** Domain time, for stamps. */
  readonly clock: Clock;
  readonly realTime: Clock;
  readonly logger: Logger;
  readonly random?: RandomBytes;
  /** Waits so many ms of real time; given by tests. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** A handover that is asked for waits so long for the release to be there, and so long for acknowledgements. */
const arrivalMs = 15_000;
const deadlineMs = 45_000;
/** A leader says in the log whom a handover waits for. */
const remarkableMs = 10_000;

export class Releases implements ReleasesRoom {
  public readonly own: string;
  private readonly sight = new Sight(() => this.changed());
  private readonly state: ReleasesState;
  private readonly handingOver: HandingOver;
  private readonly succession: Succession;
  private readonly pause: (ms: number) => Promise<unknown>;
  private readonly deciding: Deciding;
  private readonly acknowledging: Acknowledging;
  private wasActive: boolean | undefined;
  private remarked: string | undefined;

  public constructor(private readonly options: ReleasesOptions) {
    const { store, presence, random, clock } = options;
    this.own = presence.release;
    this.pause = options.pause ?? ((ms) => sleep(ms, undefined, { ref: false }));
    this.state = new ReleasesState({ store, sight: this.sight, random });
    this.handingOver = new HandingOver(this.state, presence, random);
    const { own, sight, state, handingOver, pause } = this;
    this.deciding = new Deciding({ ...options, own, sight, state, pause });
    const hasBegun = (): boolean => this.deciding.isOpen;
    this.acknowledging = new Acknowledging({ ...options, own, sight, state, handingOver, pause, hasBegun });
    this.succession = new Succession({
      state: this.state,
      handingOver: this.handingOver,
      presence,
      clock,
    });
  }

  /** To be told of every commit. */
  public get follower(): Follower {
    return this.sight;
  }

  public get document(): ReleasesDocument | undefined {
    return this.sight.document;
  }

  /** What stands in the store and cannot be read; the last good one is followed meanwhile. */
  public damaged(): readonly DamagedDocument[] {
    const { problem } = this.sight;
    return problem === undefined ? [] : [{ ns: 'deployments', key: releasesKey, problem }];
  }

  public answers(at: number, shard?: string): boolean {
    return this.deciding.answers(at, shard);
  }

  public decide(at: number, shard?: string): boolean | Promise<boolean> {
    return this.deciding.decide(at, shard);
  }

  /** As soon as the gateway is ready: says that this process lives, looks whose turn it is, and asks for its own where it is new. */
  public async begin(): Promise<void> {
    try {
      await this.options.presence.say({});
      await this.enlist();
    } catch (error) {
      if (!(error instanceof Unavailable || error instanceof Damaged)) throw error;
      this.options.logger.warn(
        'Which release answers could not be read; going by what was known last.',
        error,
      );
    } finally {
      this.deciding.isOpen = true;
      this.changed();
    }
  }

  /** Every 5 s: says that this process lives, and sees to its own place. */
  public async turn(): Promise<void> {
    await this.options.presence.turn();
    try {
      await this.enlist();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
  }

  /** The leader's part. @returns in how many ms it wants to look again */
  public async lead(): Promise<number | undefined> {
    const progress = await this.handingOver.advance();
    if (progress.is === 'done') return (await this.succession.turn()) ? 0 : undefined;
    this.remark(progress);
    return watchMs;
  }

  /** This process leads no more, or not yet. */
  public leadNoMore(): void {
    this.succession.forget();
  }

  /** Whether the lease belongs into other hands: a stand-by judges with code that does not answer. */
  public async shouldStandBack(): Promise<boolean> {
    const { document } = this.sight;
    if (document === undefined || document.active.release === this.own) return false;
    try {
      const living = await this.options.presence.living();
      return living.some(({ release }) => release === document.active.release);
    } catch (error) {
      // With the store away nobody can have the lease.
      if (error instanceof Unavailable) return false;
      throw error;
    }
  }

  public async handOver(
    to: string,
    { by, why, marksRolledBack = false }: Omit<Wish, 'to'>,
    signal: AbortSignal,
  ): Promise<ReleasesDocument> {
    const { realTime } = this.options;
    const begunAt = realTime.now();
    for (let progress: Progress | undefined; ;) {
      const waited = realTime.now() - begunAt;
      if (signal.aborted || waited > deadlineMs) {
        throw new HandoverFailed(to, progress?.is === 'waiting' ? progress.silent : [], signal.reason);
      }
      const { now, document } = await this.state.look();
      if (document?.active.release === to && document.handover === null) return document;
      if (document === undefined || !(await this.isThere(to, waited > arrivalMs))) {
        await this.pause(watchMs);
        continue;
      }
      try {
        await this.handingOver.ask(document, { to, by, why, marksRolledBack }, now);
        progress = await this.handingOver.advance();
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
      }
      if (progress?.is === 'waiting') await this.pause(watchMs / 2);
    }
  }

  /** Waits until nothing of it goes on. Nothing is handed over by this: that a process ends is no reason by itself. */
  public async close(): Promise<void> {
    await this.acknowledging.close();
  }

  private async isThere(to: string, isLate: boolean): Promise<boolean> {
    const missing = await this.handingOver.missing(to);
    if (missing?.length === 0) return true;
    if (!isLate) return false;
    if (missing === null) {
      throw new NotNow(`No process of release ${to} is running.`, {
        next: 'Start it, and hand over again: it waits as a stand-by.',
      });
    }
    throw new NotNow(
      `Release ${to} does not serve ${missing.length === 1 ? 'shard' : 'shards'} ${missing.join(', ')}.`,
      {
        next: 'Start its missing processes, and hand over again.',
      },
    );
  }

  /** A release that never answered takes over by itself as soon as nobody would be without an answer. */
  private async enlist(): Promise<void> {
    const { own, state } = this;
    const { now, document } = await state.look();
    const at = this.options.clock.now();
    try {
      if (document === undefined) {
        const by = { id: 'system:releases', name: 'releases' };
        await state.write(undefined, firstStart(own, now), {
          title: `${own} answers, the first release`,
          by,
        });
      } else if (document.known[own] === undefined && document.handover === null) {
        const missing = await this.handingOver.missing(own);
        if (missing === null || missing.length > 0) return this.waits(missing ?? []);
        const by = { by: 'system:releases', at };
        await this.handingOver.ask(document, { to: own, by, why: 'It was started for the first time.' }, now);
        await this.handingOver.advance();
      }
    } catch (error) {
      // Another process of this release was faster; the feed brings what it did.
      if (!(error instanceof Conflict)) throw error;
    }
  }

  private changed(): void {
    const { document, own } = this;
    if (document === undefined) return;
    this.acknowledging.see();
    const isActive = document.active.release === own;
    if (!this.deciding.isOpen || isActive === this.wasActive) return;
    this.wasActive = isActive;
    const { logger } = this.options;
    if (isActive) logger.info(`Release ${own} answers.`);
    else logger.info(`Release ${own} is a stand-by: ${document.active.release} answers.`);
  }

  private waits(missing: readonly string[]): void {
    const said = missing.join(', ');
    if (missing.length === 0 || this.remarked === said) return;
    this.remarked = said;
    const { logger } = this.options;
    logger.info(`Release ${this.own} waits until it has a process for each shard: ${said} missing.`);
  }

  private remark({ silent, since }: Extract<Progress, { readonly is: 'waiting' }>): void {
    const { handover } = this.document ?? {};
    const late = silent.filter(({ at }) => at - since > remarkableMs);
    if (!handover || late.length === 0 || this.remarked === handover.id) return;
    this.remarked = handover.id;
    const names = late.map(({ process }) => process).join(', ');
    this.options.logger.warn(`The handover to ${handover.to} waits for ${names}, which did not acknowledge.`);
  }
}
