import type { Clock } from '../core/Clock.js';
import type { RandomBytes } from '../core/ids.js';
import type { Store } from '../state/Store.js';
import type { Actor, FlagChange } from './changes.js';
import type { CohortDocument, FlagDocument, GuildDocument } from './documents.js';
import type {
  ChangeOutcome,
  Evaluation,
  FlagOverview,
  HistoryLine,
  Proposal,
  RuleAnswer,
} from './results.js';

export interface FlagsOptions {
  readonly store: Store;
  /** Domain time. */
  readonly clock: Clock;
  readonly random?: RandomBytes;
  /** False where FEATURE_FLAGS_ENABLED=false or ROLLBACK_MODE=true: every flag is off. */
  readonly servesFlags: boolean;
}

/** A question about one change. */
export interface ChangeRequest {
  readonly change: FlagChange;
  readonly by: Actor;
  /** ≤ 500 characters. */
  readonly reason?: string;
  /** The proposal that a person saw and confirmed; refused as stale where its basis moved. */
  readonly confirmed?: Proposal;
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
  /** Domain time, ms since epoch. */
  readonly joinedAt: number;
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

  flag(key: string): FlagDocument;
  overview(key: string): FlagOverview;
  list(filter?: FlagFilter): readonly FlagDocument[];
  cohort(name: string): CohortDocument;
  cohorts(): readonly CohortDocument[];
  guild(id: string): GuildDocument | undefined;
  switchedOff(): { readonly by: string; readonly at: number; readonly reason?: string } | undefined;
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
