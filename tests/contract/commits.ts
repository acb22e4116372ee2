/** Short ways to write commits in tests. */
import type {
  Commit,
  DocumentBody,
  DocumentChange,
  Follower,
  LoadedState,
  ReloadCause,
} from '../../src/lib/state/Store.js';
import type { CommitRef, FeedCommit } from '../../src/lib/state/Store.js';

let ops = 0;

export function commitOf(changes: readonly DocumentChange[], more: Partial<Commit> = {}): Commit {
  ops += 1;
  return {
    op: `op-${process.pid}-${ops}`,
    notAfter: Date.now() + 60_000,
    changes,
    audit: [],
    outbox: [],
    ...more,
  };
}

export function put(key: string, expect: number, fields: Omit<DocumentBody, 'schema'> = {}): DocumentChange {
  return { ns: 'flags', key, expect, next: { schema: 1, ...fields } };
}

/** Remembers everything it is told. */
export class Watcher implements Follower {
  public readonly told: FeedCommit[] = [];
  public readonly reloads: { state: LoadedState; cause: ReloadCause; vanished: readonly CommitRef[] }[] = [];
  public readonly reached: boolean[] = [];

  public commits(commits: readonly FeedCommit[]): void {
    this.told.push(...commits);
  }

  public reload(state: LoadedState, cause: ReloadCause, vanished: readonly CommitRef[]): void {
    this.reloads.push({ state, cause, vanished });
  }

  public reachable(isReachable: boolean): void {
    this.reached.push(isReachable);
  }
}
