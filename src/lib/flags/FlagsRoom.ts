/** The flags room as the rest of the house sees it; `FlagsService` fills it. */
import type { Namespace } from '../state/Store.js';
import type { Actor, FlagChange } from './changes.js';
import type { CohortDocument, FlagDocument, GuildDocument, Stamp } from './documents.js';
import type {
  ChangeOutcome,
  Evaluation,
  FlagOverview,
  HistoryLine,
  Proposal,
  RuleAnswer,
} from './results.js';

/** A question about one change. */
export interface ChangeRequest {
  readonly change: FlagChange;
  readonly by: Actor;
  /** ≤ 500 characters. */
  readonly reason?: string;
  /** The proposal that a person saw and confirmed; refused as stale where its basis moved. */
  readonly confirmed?: Proposal;
  /** Widen although everything is frozen; needs a reason, is announced. Whoever passes it has checked the right. */
  readonly overridesFreeze?: boolean;
}

/** Narrows `list`. */
export interface FlagFilter {
  readonly state?: 'on' | 'partly' | 'off' | 'killed' | 'archived' | 'expired';
  readonly kind?: string;
  readonly owner?: string;
  readonly text?: string;
}

/** A guild as the directory knows it. */
export interface GuildFacts {
  readonly id: string;
  readonly name: string;
  readonly members: number;
  /** When the bot joined it, ms since epoch. */
  readonly joinedAt: number;
}

/** Stands for a flag's key where a lookup by name would cost too much; made once, kept by the caller. */
export interface FlagHandle {
  readonly key: string;
  /** Small and dense; valid for the room that made the handle. */
  readonly index: number;
}

/**
 * One guild's flags, for the length of one event or longer: answers are kept, and asked anew as soon as any flag,
 * override or cohort changes, so a view never tells an old truth.
 */
export interface GuildView {
  readonly guildId: string | null;
  isEnabled(flag: string, fallback?: boolean): boolean;
  /** The same by handle: the fastest way to ask. */
  isOn(handle: FlagHandle): boolean;
}

/** A document that is not what this program writes; it is left alone and named to people. */
export interface DamagedDocument {
  readonly ns: Namespace;
  readonly key: string;
  readonly problem: string;
}

export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

/**
 * The flags room on `container.rollouts.flags`. Reading never waits; changing is one commit.
 * Every refusal is a RolloutError.
 */
export interface FlagsRoom {
  /** Is it on for this guild? Without a guild (a direct message): only if enabled at 100 %. Never throws. */
  isEnabled(flag: string, guildId?: string | null, fallback?: boolean): boolean;
  evaluate(flag: string, guildId?: string | null, fallback?: boolean): Evaluation;
  /** Every rule of the order with its answer. */
  explain(flag: string, guildId?: string | null): readonly RuleAnswer[];

  /** A view of one guild's flags; null for a direct message. */
  forGuild(guildId: string | null): GuildView;
  handle(flag: string): FlagHandle;

  /** Throws UnknownFlag with the nearest names. */
  flag(key: string): FlagDocument;
  overview(key: string): FlagOverview;
  list(filter?: FlagFilter): readonly FlagDocument[];
  cohort(name: string): CohortDocument;
  cohorts(): readonly CohortDocument[];
  /** What this guild has of its own: overrides, beta, channel. */
  guild(id: string): GuildDocument | undefined;
  /** Who turned everything off in the store; undefined where nobody did. */
  switchedOff(): Stamp | undefined;
  /** The last day (ms since epoch, UTC midnight, domain time) on which any process evaluated it; undefined = not known to have been. */
  lastUsed(flag: string): Promise<number | undefined>;
  /** Documents that were found damaged; changes to them are refused. */
  damaged(): readonly DamagedDocument[];
  /**
   * The beta request that this audit entry made, for the Approve and Decline buttons of its notice, which know only the entry.
   * Throws UnknownEntry where it made none, NotNow where the guild took it back or asked anew since.
   */
  betaRequest(entry: string): Promise<{ readonly flag: string; readonly guild: string }>;
  history(flag: string | undefined, limit: number, before?: string): Promise<readonly HistoryLine[]>;

  /** What it would do. Throws what {@link change} would. */
  propose(request: ChangeRequest): Promise<Proposal>;
  change(request: ChangeRequest): Promise<ChangeOutcome>;

  /** Best match first, at most 25. */
  suggestFlags(typed: string, filter?: FlagFilter): readonly Suggestion[];
  suggestGuilds(typed: string): readonly Suggestion[];
  suggestCohorts(typed: string): readonly Suggestion[];
  /** A guild by id or exact name; throws UnknownGuild with the nearest names. */
  resolveGuild(typed: string): GuildFacts;

  /** True while the snapshot served is not known to be the newest; `since` in real time. */
  readonly stale: { readonly since: number } | undefined;
}
