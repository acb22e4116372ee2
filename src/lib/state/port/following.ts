/** What whoever keeps a copy of the documents is told. */
import type { CommitRef, Namespace, StoredDocument } from './documents.js';

/** One commit as the followers see it, with the documents as they stand now (which may be newer). */
export interface FeedCommit extends CommitRef {
  readonly at: number;
  readonly documents: readonly {
    readonly ns: Namespace;
    readonly key: string;
    readonly document: StoredDocument | null;
  }[];
}

export type Documents = Readonly<Record<Namespace, ReadonlyMap<string, StoredDocument>>>;

/** Everything a process needs to begin: all documents as of one sequence number. */
export interface LoadedState {
  readonly head: CommitRef;
  readonly at: number;
  readonly documents: Documents;
  /** Documents that are no JSON object with `v` and `schema`; left alone in the store, and named to people. */
  readonly damaged: readonly { readonly ns: Namespace; readonly key: string; readonly problem: string }[];
}

export type ReloadCause = 'start' | 'gap' | 'lineage' | 'restored';

export interface Follower {
  /** Commits in order, none left out. */
  commits(commits: readonly FeedCommit[]): void;
  /** Everything anew. `vanished` names commits that were seen before and that the store no longer has (a failover lost them). */
  reload(state: LoadedState, cause: ReloadCause, vanished: readonly CommitRef[]): void;
  /** The store became reachable or unreachable. */
  reachable(isReachable: boolean): void;
}

export interface Following {
  /** The newest commit that the follower was told of. */
  readonly head: CommitRef;
  /** When the follower last knew that it had everything, store or not, ms since epoch (real time). */
  readonly freshAt: number;
  close(): Promise<void>;
}
