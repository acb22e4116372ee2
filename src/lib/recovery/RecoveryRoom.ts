/** The recovery room as the rest of the house sees it, on `container.rollouts.recovery`; `Recovery` fills it. */
import type { Actor } from '../flags/changes.js';
import type { Comparison } from './compare/Comparison.js';
import type { SetAside } from './damage/documents.js';
import type { SnapshotReason } from './snapshots/names.js';
import type { SnapshotCheck, SnapshotEntry, TakenSnapshot } from './snapshots/SnapshotFolder.js';

/** Someone asks to go back, and a second person has to agree. It lapses after a day of domain time. */
export interface RecoveryRequest {
  readonly id: string;
  readonly snapshot: string;
  /** SHA-256 (hex) of the snapshot's content: the second person agrees to this and nothing else. */
  readonly sha256: string;
  readonly by: Actor;
  readonly reason: string;
  /** Domain time. */
  readonly at: number;
}

/** What going back would do: the dry run. */
export interface RecoveryProposal {
  readonly snapshot: string;
  readonly sha256: string;
  /** The store's time at which it was taken, ms since epoch. */
  readonly takenAt: number;
  /** From now to the snapshot. */
  readonly comparison: Comparison;
  /** Why it cannot be done now, one sentence; null = it can. */
  readonly obstacle: string | null;
  readonly needsSecondPerson: boolean;
  /** What is worth knowing beside it, one sentence each. */
  readonly notes: readonly string[];
}

export interface RecoverRequest {
  readonly by: Actor;
  readonly snapshot: string;
  readonly reason: string;
  /** Of the dry run that the person saw; where the file is another one by now, it is refused. */
  readonly sha256: string;
  /** Alone, although a second person is asked for; needs rights that the caller has checked. @default false */
  readonly isBreakGlass?: boolean;
}

export type RecoveryOutcome =
  | { readonly status: 'asked'; readonly request: RecoveryRequest }
  | {
      readonly status: 'done';
      readonly snapshot: string;
      /** The commit that it was. */
      readonly seq: number;
      /** Snapshot in which what there was before is kept. */
      readonly kept: string;
      readonly comparison: Comparison;
    };

export interface RecoveryRoom {
  /** Newest first. */
  snapshots(): Promise<readonly SnapshotEntry[]>;
  /** Throws SnapshotNotWritten, Unavailable. */
  take(why: SnapshotReason): Promise<TakenSnapshot>;
  /** Reads one and says whether it could be taken back. Throws UnknownSnapshot. */
  check(name: string): Promise<SnapshotCheck>;
  /** `to`: a snapshot's name, or `now`. Throws UnknownSnapshot, BadSnapshot, Unavailable. */
  compare(from: string, to: string): Promise<Comparison>;

  /** The dry run. Throws UnknownSnapshot, BadSnapshot, Unavailable. */
  propose(snapshot: string): Promise<RecoveryProposal>;
  /**
   * Goes back, or asks for a second person. What there is now is kept in a snapshot first.
   *
   * @throws UnknownSnapshot, BadSnapshot, OtherSnapshot, NotNow, BadValue, CannotKeep, Unavailable
   */
  recover(request: RecoverRequest): Promise<RecoveryOutcome>;
  /** Undefined where nobody asks. Throws Unavailable. */
  pending(): Promise<RecoveryRequest | undefined>;
  /** Throws NothingAsked, SecondPersonNeeded, and what `recover` throws. */
  agree(request: string, by: Actor): Promise<RecoveryOutcome>;
  /** Whoever asked may take it back, too. Throws NothingAsked, Unavailable. */
  refuse(request: string, by: Actor): Promise<void>;

  /** Damaged documents that nobody has dealt with, newest first. Throws Unavailable. */
  damaged(): Promise<readonly SetAside[]>;
  /** Puts the last good version back, in one commit. Throws UnknownDamage, CannotPutBack, Unavailable. */
  putBack(id: string, by: Actor): Promise<SetAside>;
}
