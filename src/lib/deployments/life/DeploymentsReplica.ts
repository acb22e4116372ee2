/** This process's copy of the room's documents, kept up to date by the store's change feed. */
import type { DamagedDocument } from '../../flags/FlagsRoom.js';
import type { FeedCommit, Follower, LoadedState, Namespace, StoredDocument } from '../../state/Store.js';
import type { DeploymentDocument } from '../documents.js';
import { kindOfKey } from './keys.js';
import { type KeptGate, readDeployment, readGate } from './schemas.js';

export class DeploymentsReplica implements Follower {
  public readonly deployments = new Map<string, DeploymentDocument>();
  /** By their documents' keys. */
  public readonly gates = new Map<string, KeptGate>();
  private readonly problems = new Map<string, DamagedDocument>();

  public commits(commits: readonly FeedCommit[]): void {
    for (const { documents, seq } of commits) {
      for (const { ns, key, document } of documents) this.adopt(ns, key, document, seq);
    }
  }

  public reload(state: LoadedState): void {
    this.deployments.clear();
    this.gates.clear();
    this.problems.clear();
    for (const [key, document] of state.documents.deployments) {
      this.adopt('deployments', key, document, state.head.seq);
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
    if (ns !== 'deployments') return;
    const kind = kindOfKey(key);
    if (kind === 'deployment') this.take(this.deployments, readDeployment, key, document, seq);
    if (kind === 'gate') this.take(this.gates, readGate, key, document, seq);
  }

  private take<T extends { readonly v: number }>(
    into: Map<string, T>,
    read: (document: StoredDocument) => { readonly document: T } | { readonly problem: string },
    key: string,
    document: StoredDocument | null,
    seq: number,
  ): void {
    const known = into.get(key);
    if (known !== undefined && known.v >= (document?.v ?? seq)) return;
    this.problems.delete(key);
    if (document === null) {
      into.delete(key);
      return;
    }
    const found = read(document);
    if ('document' in found) into.set(key, found.document);
    // One that was damaged while this process runs keeps its last good value here.
    else this.problems.set(key, { ns: 'deployments', key, problem: found.problem });
  }
}
