/** This process's copy of the room's documents, kept up to date by the store's change feed. */
import type { DamagedDocument } from '../flags/FlagsRoom.js';
import type { FeedCommit, Follower, LoadedState, Namespace, StoredDocument } from '../state/Store.js';
import type { RollbackDocument } from './documents.js';
import { readRollback } from './schemas.js';

export class RollbacksReplica implements Follower {
  public readonly rollbacks = new Map<string, RollbackDocument>();
  private readonly problems = new Map<string, DamagedDocument>();

  public commits(commits: readonly FeedCommit[]): void {
    for (const { documents, seq } of commits) {
      for (const { ns, key, document } of documents) this.adopt(ns, key, document, seq);
    }
  }

  public reload(state: LoadedState): void {
    this.rollbacks.clear();
    this.problems.clear();
    for (const [key, document] of state.documents.rollbacks) {
      this.adopt('rollbacks', key, document, state.head.seq);
    }
  }

  public reachable(): void {
    // What is known here stays known.
  }

  public get damaged(): readonly DamagedDocument[] {
    return [...this.problems.values()];
  }

  /** What is older than what stands here already is passed over. */
  public adopt(ns: Namespace, key: string, document: StoredDocument | null, seq: number): void {
    if (ns !== 'rollbacks') return;
    const known = this.rollbacks.get(key);
    if (known !== undefined && known.v >= (document?.v ?? seq)) return;
    this.problems.delete(key);
    if (document === null) {
      this.rollbacks.delete(key);
      return;
    }
    const read = readRollback(document);
    if ('document' in read) this.rollbacks.set(key, read.document);
    // One that was damaged while this process runs keeps its last good value here.
    else this.problems.set(key, { ns, key, problem: read.problem });
  }
}
