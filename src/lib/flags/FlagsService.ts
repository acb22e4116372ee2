/** The flags room: keeps its documents in step with the store, evaluates them, and changes them. */
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { systemClock } from '../core/Clock.js';
import type { RandomBytes } from '../core/ids.js';
import type { Conflict } from '../state/errors.js';
import type { Follower, Namespace, StoredDocument } from '../state/Store.js';
import type { Judged } from './blastRadius.js';
import type { FlagFacts } from './changes.js';
import { betaRequest } from './changing/betaRequest.js';
import { type ChangePart, Changes } from './changing/Changes.js';
import { waitInRealTime } from '../state/committing/settle.js';
import { StoreClock } from '../state/committing/StoreClock.js';
import { declare } from './declare.js';
import type { Stamp } from './documents.js';
import { decide } from './evaluation/decide.js';
import type { FlagsOptions } from './FlagsOptions.js';
import type { ChangeRequest, FlagsRoom } from './FlagsRoom.js';
import type { FieldChange } from './planning/fields.js';
import type { ChangeOutcome, Proposal } from './results.js';
import { everythingOff, type World } from './world.js';
import { FlagsReading } from './FlagsReading.js';

export type * from './FlagsOptions.js';
export type * from './FlagsRoom.js';

/**
 * Composes the room. The owner lets the store tell {@link follower} of every commit, tells {@link directory} which guilds
 * this process serves, and calls {@link tick} once a minute.
 */
export class FlagsService extends FlagsReading implements FlagsRoom {
  private readonly changes: Changes;
  private readonly storeClock: StoreClock;
  private readonly closing = new AbortController();
  private readonly random: RandomBytes;

  public constructor(options: FlagsOptions) {
    super(options);
    const { store, clock, realTime = systemClock, random = randomBytes, wait = waitInRealTime } = options;
    this.random = random;
    this.storeClock = new StoreClock(store, realTime);
    this.changes = new Changes({
      store,
      clock,
      realTime,
      random,
      wait,
      signal: this.closing.signal,
      storeClock: this.storeClock,
      replica: this.replica,
      directory: this.directory,
      before: { world: this.replica, isOn: (flag, guildId) => this.evaluator.isOn(flag, guildId) },
      judge: (world, fields) => this.judge(world, fields),
      pause: async () => setImmediate(undefined),
    });
  }

  /** What `store.follow` is given; may also be given the last known state, where the store is away at start. */
  public get follower(): Follower {
    return this.replica;
  }

  /** Creates the flags that the bot's code declares and that are missing; answers their keys. Once the state is loaded. */
  public async declare(flags: Readonly<Record<string, FlagFacts>>): Promise<readonly string[]> {
    const { replica, directory: guilds, storeClock, random } = this;
    const { store, clock } = this.options;
    return declare({ store, replica, guilds, storeClock, random, now: clock.now() }, flags);
  }

  /** Once a minute: the store's clock, the guild directory, the usage counts. Throws Unavailable; the next turn catches up. */
  public async tick(): Promise<void> {
    await this.storeClock.measure();
    await this.directory.refresh();
    await this.usage.flush();
  }

  /** Ends what still waits for the store to answer. */
  public close(): void {
    this.closing.abort();
    this.evaluator.close();
  }

  public async betaRequest(entry: string): Promise<{ readonly flag: string; readonly guild: string }> {
    return betaRequest(this.options.store, this.replica, entry);
  }

  public async propose(request: ChangeRequest): Promise<Proposal> {
    return this.changes.propose(request);
  }

  public async change(request: ChangeRequest): Promise<ChangeOutcome> {
    return this.changes.change(request);
  }

  /**
   * For a room that commits something of its own together with the change. Throws what `change` would.
   *
   * @param isCounted false: nobody is counted, no freeze is asked; for what turns nothing newly on
   */
  public async part(request: ChangeRequest, isCounted = true): Promise<ChangePart> {
    return this.changes.part(request, isCounted);
  }

  /**
   * Off in this process at once, whatever the store does: a rollback whose commit is under way. Gone with the process.
   *
   * @param flag null = everything. @returns lifts it again
   */
  public turnOffHere(flag: string | null, stamp: Stamp): () => void {
    return this.replica.offHere.add(flag, stamp);
  }

  /** The store's own clock without a round trip, ms since epoch. Throws Unavailable where it was never measured. */
  public storeTime(): Promise<number> {
    return this.storeClock.now();
  }

  /** Another room's commit met a document that is newer than it is known here. */
  public saw(conflict: Conflict): void {
    this.changes.saw(conflict);
  }

  /** A document as another room's commit left it; what is older than what is known is passed over. */
  public adopt(ns: Namespace, key: string, document: StoredDocument | null, seq: number): void {
    this.replica.adopt(ns, key, document, seq);
  }

  /** A world as it would be. The kill switch moves no flag's own settings, so that the compiled flags can tell about it. */
  private judge(world: World, fields: readonly FieldChange[]): Judged {
    const off = !world.servesFlags || everythingOff(world) !== undefined;
    return fields.every(({ ns }) => ns === 'settings')
      ? { world, isOn: (flag, guildId) => this.evaluator.isOn(flag, guildId, off) }
      : { world, isOn: (flag, guildId) => decide(world, flag, guildId).value };
  }
}
