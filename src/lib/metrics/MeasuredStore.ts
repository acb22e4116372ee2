/** A store that counts its commits; everything else is the store's own. */
import { RolloutError } from '../core/RolloutError.js';
import { Conflict } from '../state/errors.js';
import type {
  AuditTrail,
  Blobs,
  BlobRoom,
  Commit,
  CommitReceipt,
  Counters,
  Follower,
  Following,
  Lease,
  LeaseOptions,
  Ledger,
  LoadedState,
  Namespace,
  Outbox,
  RestoreOrder,
  RestoreReceipt,
  Snapshot,
  SnapshotPart,
  Store,
  StoreHealth,
  StoredDocument,
} from '../state/Store.js';
import type { Metrics } from './Metrics.js';

export class MeasuredStore implements Store {
  public readonly audit: AuditTrail;
  public readonly outbox: Outbox;
  public readonly counters: Counters;
  public readonly ledger: Ledger;

  public constructor(
    private readonly store: Store,
    private readonly metrics: Pick<Metrics, 'commits' | 'conflicts' | 'failures' | 'commitSeconds'>,
  ) {
    this.audit = store.audit;
    this.outbox = store.outbox;
    this.counters = store.counters;
    this.ledger = store.ledger;
  }

  public blobs(room: BlobRoom): Blobs {
    return this.store.blobs(room);
  }

  /** A replay is no second commit. */
  public async commit(commit: Commit): Promise<CommitReceipt> {
    const measured = this.metrics.commitSeconds.startTimer();
    try {
      const receipt = await this.store.commit(commit);
      if (!receipt.replayed) this.metrics.commits.inc();
      return receipt;
    } catch (error) {
      if (error instanceof Conflict) this.metrics.conflicts.inc();
      else this.metrics.failures.inc({ code: error instanceof RolloutError ? error.code : 'BUG' });
      throw error;
    } finally {
      measured();
    }
  }

  public outcome(op: string): Promise<CommitReceipt | undefined> {
    return this.store.outcome(op);
  }

  public load(): Promise<LoadedState> {
    return this.store.load();
  }

  public getMany(ns: Namespace, keys: readonly string[]): Promise<readonly (StoredDocument | null)[]> {
    return this.store.getMany(ns, keys);
  }

  public raw(ns: Namespace, key: string): Promise<string | null> {
    return this.store.raw(ns, key);
  }

  public unlisted(): ReturnType<Store['unlisted']> {
    return this.store.unlisted();
  }

  public follow(follower: Follower): Promise<Following> {
    return this.store.follow(follower);
  }

  public lease(name: string, options: LeaseOptions): Promise<Lease> {
    return this.store.lease(name, options);
  }

  public time(): Promise<number> {
    return this.store.time();
  }

  public snapshot(): Promise<Snapshot> {
    return this.store.snapshot();
  }

  public snapshotParts(): AsyncIterable<SnapshotPart> {
    return this.store.snapshotParts();
  }

  public restore(snapshot: Snapshot, order?: RestoreOrder): Promise<RestoreReceipt> {
    return this.store.restore(snapshot, order);
  }

  public health(): Promise<StoreHealth> {
    return this.store.health();
  }

  public close(): Promise<void> {
    return this.store.close();
  }
}
