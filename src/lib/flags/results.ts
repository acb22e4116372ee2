/** What the flags room answers: plans, outcomes, and reasons. */
import type { CommitReceipt } from '../state/Store.js';
import type { Actor, FlagChange } from './changes.js';
import type { FlagDocument } from './documents.js';

/** One fact that a change moves, in words for people: `percentage`, `0 %`, `25 %`. */
export interface Difference {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** The guilds that a change turns newly on, by flag (dependants count too), over the guild directory. */
export interface BlastRadius {
  /** Guilds newly on for at least one flag. */
  readonly guilds: number;
  /** Their members together. */
  readonly members: number;
  /** All guilds known to the directory, the base of the share. */
  readonly outOf: number;
  /** Guilds newly off for at least one flag. */
  readonly guildsOff: number;
  readonly byFlag: readonly { readonly flag: string; readonly on: number; readonly off: number }[];
}

/** What a change would do, computed and not done. */
export interface Proposal {
  readonly change: FlagChange;
  readonly by: Actor;
  readonly reason: string | undefined;
  /** One line for people: `Enable new_greeting for 25 % of guilds`. */
  readonly title: string;
  readonly differences: readonly Difference[];
  readonly blast: BlastRadius;
  /** Newly on for more than a quarter of all guilds, or for everyone: a person must confirm. */
  readonly needsConfirmation: boolean;
  /** What is worth knowing beside it, one sentence each: "It was disabled; it is now enabled at 0 %, on only here." */
  readonly notes: readonly string[];
  /** Versions the proposal was computed from: if one moved, it is stale. */
  readonly basis: readonly {
    readonly ns: 'flags' | 'guilds' | 'cohorts' | 'settings';
    readonly key: string;
    readonly v: number;
  }[];
}

/** How a change ended, as far as is known now. */
export type ChangeOutcome =
  | {
      readonly status: 'done';
      readonly proposal: Proposal;
      readonly receipt: CommitReceipt;
      readonly entry: string;
    }
  /** Nothing to do: it is already so. */
  | { readonly status: 'unchanged'; readonly proposal: Proposal }
  | { readonly status: 'confirm'; readonly proposal: Proposal }
  /** The store fell silent in mid-commit. `settled` resolves within seconds to what really happened. */
  | {
      readonly status: 'checking';
      readonly proposal: Proposal;
      readonly settled: Promise<Settled>;
    };

/** What became of a change whose commit went unanswered. */
export type Settled =
  | { readonly status: 'done'; readonly receipt: CommitReceipt; readonly entry: string }
  /** It did not happen, and cannot happen any more. */
  | { readonly status: 'refused'; readonly message: string }
  /** The store has been away for so long that nobody can say yet. */
  | { readonly status: 'unknown'; readonly message: string };

/** OpenFeature's words for why a flag is what it is. */
export type Reason = 'DISABLED' | 'TARGETING_MATCH' | 'SPLIT' | 'STATIC' | 'DEFAULT' | 'FLAG_NOT_FOUND';

/** The rules of evaluation in their order; the first that applies decides. */
export const rules = [
  'everything-off',
  'unknown',
  'disabled',
  'prerequisite',
  'ceiling',
  'denied',
  'keep-off',
  'allowed',
  'joined',
  'percentage',
  'otherwise',
] as const;
export type Rule = (typeof rules)[number];

export interface Evaluation {
  readonly value: boolean;
  readonly reason: Reason;
  readonly rule: Rule;
  /** For people: "off: staff denied this guild on 3 May". */
  readonly detail: string;
}

/** One row of `/feature why`. */
export interface RuleAnswer {
  readonly rule: Rule;
  /** `off`/`on`: this rule decides so. `passed`: it does not apply. `not reached`: an earlier one decided. */
  readonly answer: 'on' | 'off' | 'passed' | 'not reached';
  readonly detail: string;
}

/** A flag as `/feature list` and `/feature info` show it. */
export interface FlagOverview {
  readonly flag: FlagDocument;
  /** Guilds for which it is on now, of those in the directory, and their members. */
  readonly guildsOn: number;
  readonly membersOn: number;
  readonly outOf: number;
  readonly allowed: number;
  readonly denied: number;
  readonly joined: number;
  readonly waiting: number;
  readonly keptOff: number;
  /** Flags that require this one. */
  readonly dependants: readonly string[];
}

/** One line of `/feature history`. */
export interface HistoryLine {
  readonly entry: string;
  readonly at: number;
  readonly by: Actor;
  readonly title: string;
  readonly differences: readonly Difference[];
  readonly reason: string | undefined;
  /** The entry that undid it, if one did. */
  readonly undoneBy: string | undefined;
}
