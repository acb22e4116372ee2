/** The rollbacks room as the rest of the house sees it, on `container.rollouts.rollbacks`; `Rollbacks` fills it. */
import type { Actor } from '../flags/changes.js';
import type { Settled } from '../flags/results.js';
import type { Suggestion } from '../flags/FlagsRoom.js';
import type { RollbackDocument, RollbackTrigger } from './documents.js';
import type { Proof } from './proof/Proof.js';

export interface RollbackRequest {
  readonly by: Actor;
  /** A flag's key; null = everything. */
  readonly flag: string | null;
  readonly trigger: RollbackTrigger;
  /** 1 … 500 characters. */
  readonly reason: string;
  /** Back up the host's database first (`recovery.database`). @default false */
  readonly withDatabase?: boolean;
}

export interface AskOfRollback {
  readonly by: Actor;
  readonly reason?: string;
  /** The revision that the person saw; where it has moved on the request is refused as stale. */
  readonly revision?: number;
}

/** What going back would do: the dry run. */
export interface RollbackProposal {
  readonly flag: string | null;
  readonly guilds: number;
  readonly members: number;
  /** Rollouts (by flag) that it would roll back. */
  readonly rollouts: readonly string[];
  /** Of a gradual one; null = immediate. */
  readonly batches: { readonly count: number; readonly size: number; readonly minutes: number } | null;
  /** What each step would do or why it would be skipped, one line each. */
  readonly steps: readonly string[];
}

export type RollbackOutcome =
  | { readonly status: 'done'; readonly rollback: RollbackDocument }
  /** It was so already: the same is rolled back, or is being rolled back by this one. */
  | { readonly status: 'unchanged'; readonly rollback: RollbackDocument; readonly why: string }
  /**
   * The store is away: it is off in this process alone, and the commit is tried again until it lands (or a person takes
   * it back); then staff are told that it is off everywhere. `settled` resolves with it.
   */
  | { readonly status: 'here-only'; readonly settled: Promise<RollbackDocument> }
  | { readonly status: 'checking'; readonly settled: Promise<Settled> };

export interface RollbacksRoom {
  /** Throws UnknownFlag, AlreadyOff, … as `now` would. */
  propose(request: RollbackRequest, kind: 'immediate' | 'gradual'): Promise<RollbackProposal>;
  /** One commit: off, rollouts rolled back, the first notice. The rest follows by the lease holder. Never held up by approvals or freezes. */
  now(request: RollbackRequest): Promise<RollbackOutcome>;
  gradual(request: RollbackRequest & { readonly flag: string }): Promise<RollbackOutcome>;
  /** The whole procedure on a flag of its own that nothing asks for. */
  drill(by: Actor): Promise<RollbackOutcome>;

  /** Gradual ones. `rollback`: an id, or a flag's key (its newest). All throw UnknownRollback, StaleRollback, NotNow. */
  pause(rollback: string, ask: AskOfRollback): Promise<RollbackOutcome>;
  resume(rollback: string, ask: AskOfRollback): Promise<RollbackOutcome>;
  /** Also takes back, by the flag's key (`everything`), what is off in this process only: `settled` rejects with TakenBack then. */
  cancel(rollback: string, ask: AskOfRollback): Promise<RollbackOutcome>;
  /** Makes a gradual one immediate. */
  hurry(rollback: string, ask: AskOfRollback): Promise<RollbackOutcome>;

  /** Somebody has seen it and looks after it: the others need not. Throws UnknownRollback, NotNow where it is over. */
  acknowledge(rollback: string, ask: AskOfRollback): Promise<RollbackOutcome>;

  /** Looks for the proof now, whatever was found before. */
  validate(rollback: string): Promise<{ readonly rollback: RollbackDocument; readonly proof: Proof }>;

  status(rollback: string): RollbackDocument;
  /** Newest first. */
  list(filter?: { readonly isOpen?: boolean }): readonly RollbackDocument[];
  /** Best match first, at most 25; values are ids. */
  suggest(typed: string, filter?: { readonly isOpen?: boolean }): readonly Suggestion[];
}
