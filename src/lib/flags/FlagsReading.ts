/** Asking the flags room: what is on, for whom, and what its documents say. Nothing here waits, but for the history. */
import { randomBytes } from 'node:crypto';
import type { Card } from '../alerts/Card.js';
import { systemClock } from '../core/Clock.js';
import type { Json } from '../core/Json.js';
import { digestOf } from './digest.js';
import { GuildDirectory } from './directory/GuildDirectory.js';
import type { CohortDocument, FlagDocument, FreezeDocument, GuildDocument, Stamp } from './documents.js';
import { Evaluator } from './evaluation/Evaluator.js';
import { evaluatePlainly, explainPlainly } from './evaluation/explain.js';
import { fanoutNotices, type GuildNotice } from './fanout.js';
import type { FlagsOptions } from './FlagsOptions.js';
import { FlagsReplica } from './FlagsReplica.js';
import type {
  DamagedDocument,
  FlagFilter,
  FlagHandle,
  GuildFacts,
  GuildView,
  Suggestion,
} from './FlagsRoom.js';
import { history } from './history.js';
import { listFlags, overview } from './overview.js';
import { findCohort, findFlag } from './planning/lookups.js';
import type { Evaluation, FlagOverview, HistoryLine, RuleAnswer } from './results.js';
import { suggestGuildNames, suggestNames } from './suggestions.js';
import { Usage } from './Usage.js';
import { everythingOff, type World } from './world.js';

/** What {@link FlagsService} is made of; it adds what changes something. */
export class FlagsReading {
  public readonly directory: GuildDirectory;
  protected readonly replica: FlagsReplica;
  protected readonly evaluator: Evaluator;
  protected readonly usage: Usage;

  public constructor(protected readonly options: FlagsOptions) {
    const { store, clock, realTime = systemClock, random = randomBytes, servesFlags } = options;
    this.directory = new GuildDirectory(store.blobs('directory'), clock);
    this.evaluator = new Evaluator(() => this.replica);
    this.replica = new FlagsReplica(servesFlags, realTime, this.evaluator);
    this.usage = new Usage(store.counters, clock, random, () => this.evaluator.takeCounts());
  }

  /** False until a state was loaded, from the store or from the last one kept: every flag is off. */
  public get isLoaded(): boolean {
    return this.replica.isLoaded;
  }

  public get stale(): { readonly since: number } | undefined {
    const since = this.replica.staleSince;
    return since === undefined ? undefined : { since };
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

  public async history(
    flag: string | undefined,
    limit: number,
    before?: string,
  ): Promise<readonly HistoryLine[]> {
    return history(this.options.store, flag, limit, before);
  }

  /** What may be changed at all; `freeze.v` for commits that rest on it. */
  public get freeze(): FreezeDocument | undefined {
    return this.replica.freeze;
  }

  /** What evaluation looks at. */
  public get world(): World {
    return this.replica;
  }

  /** How often each flag was asked for since the process began. */
  public get evaluations(): ReadonlyMap<string, number> {
    return this.usage.evaluations;
  }

  /** The weekly notice to staff; null where there is nothing to say. */
  public digest(): Card | null {
    return digestOf(this.replica, (flag) => this.usage.lastUsed(flag), this.options.clock.now());
  }

  /** What an outbox body of kind `beta-fanout` stands for, by guild. */
  public noticesOf(body: Json): readonly GuildNotice[] {
    return fanoutNotices(this.replica, body);
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
}
