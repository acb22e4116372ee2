/** The flags room: keeps its documents in step with the store, evaluates them, and changes them. */
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Card } from '../alerts/Card.js';
import { systemClock } from '../core/Clock.js';
import type { RandomBytes } from '../core/ids.js';
import type { Json } from '../core/Json.js';
import type { Conflict } from '../state/errors.js';
import type { Follower, Namespace, StoredDocument } from '../state/Store.js';
import type { Judged } from './blastRadius.js';
import type { FlagFacts } from './changes.js';
import { betaRequest } from './changing/betaRequest.js';
import { type ChangePart, Changes } from './changing/Changes.js';
import { waitInRealTime } from '../state/committing/settle.js';
import { StoreClock } from '../state/committing/StoreClock.js';
import { declare } from './declare.js';
import { digestOf } from './digest.js';
import { GuildDirectory } from './directory/GuildDirectory.js';
import type { CohortDocument, FlagDocument, FreezeDocument, GuildDocument, Stamp } from './documents.js';
import { decide } from './evaluation/decide.js';
import { Evaluator } from './evaluation/Evaluator.js';
import { evaluatePlainly, explainPlainly } from './evaluation/explain.js';
import { fanoutNotices, type GuildNotice } from './fanout.js';
import type { FlagsOptions } from './FlagsOptions.js';
import { FlagsReplica } from './FlagsReplica.js';
import type {
  ChangeRequest,
  DamagedDocument,
  FlagFilter,
  FlagHandle,
  FlagsRoom,
  GuildFacts,
  GuildView,
  Suggestion,
} from './FlagsRoom.js';
import { history } from './history.js';
import { listFlags, overview } from './overview.js';
import type { FieldChange } from './planning/fields.js';
import { findCohort, findFlag } from './planning/lookups.js';
import type {
  ChangeOutcome,
  Evaluation,
  FlagOverview,
  HistoryLine,
  Proposal,
  RuleAnswer,
} from './results.js';
import { suggestGuildNames, suggestNames } from './suggestions.js';
import { Usage } from './Usage.js';
import { everythingOff, type World } from './world.js';

export type * from './FlagsOptions.js';
export type * from './FlagsRoom.js';

/**
 * Composes the room. The owner lets the store tell {@link follower} of every commit, tells {@link directory} which guilds
 * this process serves, and calls {@link tick} once a minute.
 */
export class FlagsService implements FlagsRoom {
  public readonly directory: GuildDirectory;
  private readonly replica: FlagsReplica;
  private readonly evaluator: Evaluator;
  private readonly changes: Changes;
  private readonly usage: Usage;
  private readonly storeClock: StoreClock;
  private readonly closing = new AbortController();
  private readonly random: RandomBytes;

  public constructor(private readonly options: FlagsOptions) {
    const {
      store,
      clock,
      realTime = systemClock,
      random = randomBytes,
      servesFlags,
      wait = waitInRealTime,
    } = options;
    this.random = random;
    this.directory = new GuildDirectory(store.blobs('directory'), clock);
    this.evaluator = new Evaluator(() => this.replica);
    this.replica = new FlagsReplica(servesFlags, realTime, this.evaluator);
    this.storeClock = new StoreClock(store, realTime);
    this.usage = new Usage(store.counters, clock, random, () => this.evaluator.takeCounts());
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

  /** The weekly notice to staff; null where there is nothing to say. */
  public digest(): Card | null {
    return digestOf(this.replica, (flag) => this.usage.lastUsed(flag), this.options.clock.now());
  }

  /** What an outbox body of kind `beta-fanout` stands for, by guild. */
  public noticesOf(body: Json): readonly GuildNotice[] {
    return fanoutNotices(this.replica, body);
  }

  /** How often each flag was asked for since the process began. */
  public get evaluations(): ReadonlyMap<string, number> {
    return this.usage.evaluations;
  }

  /** False until a state was loaded, from the store or from the last one kept: every flag is off. */
  public get isLoaded(): boolean {
    return this.replica.isLoaded;
  }

  /** Ends what still waits for the store to answer. */
  public close(): void {
    this.closing.abort();
    this.evaluator.close();
  }

  public isEnabled(flag: string, guildId: string | null = null, fallback = false): boolean {
    return this.evaluator.isEnabled(flag, guildId, fallback);
  }

  /** Whether the flag is on, without counting it as a use or an exposure. */
  public isOn(flag: string, guildId: string): boolean {
    return this.evaluator.isOn(flag, guildId);
  }

  public evaluate(flag: string, guildId: string | null = null, fallback = false): Evaluation {
    return evaluatePlainly(this.replica, flag, guildId, fallback, this.options.clock.now());
  }

  public explain(flag: string, guildId: string | null = null): readonly RuleAnswer[] {
    return explainPlainly(this.replica, flag, guildId, this.options.clock.now());
  }

  public forGuild(guildId: string | null): GuildView {
    return this.evaluator.forGuild(guildId);
  }

  public handle(flag: string): FlagHandle {
    return this.evaluator.handle(flag);
  }

  public flag(key: string): FlagDocument {
    return findFlag(this.replica, key);
  }

  public overview(key: string): FlagOverview {
    const isOn = (guildId: string): boolean => this.evaluator.isOn(key, guildId);
    return overview(this.replica, this.flag(key), this.directory.all, isOn);
  }

  public list(filter: FlagFilter = {}): readonly FlagDocument[] {
    return listFlags(this.replica, filter, this.options.clock.now());
  }

  public cohort(name: string): CohortDocument {
    return findCohort(this.replica, name);
  }

  public cohorts(): readonly CohortDocument[] {
    return [...this.replica.cohorts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  public guild(id: string): GuildDocument | undefined {
    return this.replica.guilds.get(id);
  }

  public switchedOff(): Stamp | undefined {
    return everythingOff(this.replica) ?? this.replica.offHere.everything;
  }

  public lastUsed(flag: string): Promise<number | undefined> {
    return Promise.resolve(this.usage.lastUsed(flag));
  }

  public damaged(): readonly DamagedDocument[] {
    return this.replica.damaged;
  }

  public async betaRequest(entry: string): Promise<{ readonly flag: string; readonly guild: string }> {
    return betaRequest(this.options.store, this.replica, entry);
  }

  public async history(
    flag: string | undefined,
    limit: number,
    before?: string,
  ): Promise<readonly HistoryLine[]> {
    return history(this.options.store, flag, limit, before);
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

  /** What may be changed at all; `freeze.v` for commits that rest on it. */
  public get freeze(): FreezeDocument | undefined {
    return this.replica.freeze;
  }

  /** What evaluation looks at. */
  public get world(): World {
    return this.replica;
  }

  public suggestFlags(typed: string, filter: FlagFilter = {}): readonly Suggestion[] {
    return suggestNames(
      typed,
      this.list(filter).map(({ key }) => key),
    );
  }

  public suggestGuilds(typed: string): readonly Suggestion[] {
    return suggestGuildNames(typed, this.directory);
  }

  public suggestCohorts(typed: string): readonly Suggestion[] {
    return suggestNames(
      typed,
      this.cohorts().map(({ name }) => name),
    );
  }

  public resolveGuild(typed: string): GuildFacts {
    return this.directory.resolve(typed);
  }

  public get stale(): { readonly since: number } | undefined {
    const since = this.replica.staleSince;
    return since === undefined ? undefined : { since };
  }

  /** A world as it would be. The kill switch moves no flag's own settings, so that the compiled flags can tell about it. */
  private judge(world: World, fields: readonly FieldChange[]): Judged {
    const off = !world.servesFlags || everythingOff(world) !== undefined;
    return fields.every(({ ns }) => ns === 'settings')
      ? { world, isOn: (flag, guildId) => this.evaluator.isOn(flag, guildId, off) }
      : { world, isOn: (flag, guildId) => decide(world, flag, guildId).value };
  }
}
