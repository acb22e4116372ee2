import type { Fence, LoadedState, CommitRef, ReloadCause } from '../state/Store.js';

interface AnyDuty {
  /** For the log and for status: `dispatch`, `seal`. */
  readonly name: string;
  /** Its turn comes at least this often, ms of real time. */
  readonly everyMs: number;
  /** Its turn comes at once after any commit, too. */
  readonly wokenByCommits?: boolean;
  /** Everything was loaded anew; what was remembered of the state before may be wrong. Its turn comes at once. */
  reloaded?(state: LoadedState, cause: ReloadCause, vanished: readonly CommitRef[]): void;
  /** Its turns are over for now: resolves when nothing that they began is still going on. */
  rest?(): Promise<void>;
}

/**
 * Something that must be done again and again, by looking at the state and never at what happened before: a process that
 * dies at any line is replaced by one that looks, too. Documents with a due time are such a duty: a turn does what is due
 * and answers in how many ms the next one is (undefined: `everyMs` will do). What a turn throws is logged, and its next turn comes.
 */
export interface LeaderDuty extends AnyDuty {
  readonly where: 'leader';
  turn(fence: Fence): Promise<number | void>;
}

/** The same in every process, whether it leads or not. */
export interface LocalDuty extends AnyDuty {
  readonly where: 'everywhere';
  turn(): Promise<number | void>;
}

export type Duty = LeaderDuty | LocalDuty;

/** How a duty has been doing in this process. Times in real time, ms since epoch. */
export interface DutyStatus {
  readonly name: string;
  readonly where: Duty['where'];
  readonly turns: number;
  readonly failures: number;
  /** When the turn that is under way began. */
  readonly busySince: number | undefined;
  readonly lastAt: number | undefined;
  readonly lastMs: number | undefined;
  /** Of the last turn; undefined where it went well. */
  readonly lastError: string | undefined;
}
