/**
 * The port behind which all state lives. Two adapters fill it, LMDB (embedded) and Redis, and pass one contract suite.
 *
 * Everything transactional goes through {@link Store.commit}: documents with their expected versions, the audit entry and
 * the outbox messages go in together or not at all. Beside it stand things that are never compared: counters (added up),
 * the ledger (packed measurements) and blobs that their owner overwrites.
 */
import type { AuditTrail } from './port/audit.js';
import type { Commit, CommitReceipt, Namespace, StoredDocument } from './port/documents.js';
import type { Follower, Following, LoadedState } from './port/following.js';
import type { Lease, LeaseOptions } from './port/leases.js';
import type { Blobs, BlobRoom, Counters, Ledger } from './port/measurements.js';
import type { Outbox } from './port/outbox.js';
import type { RestoreOrder, RestoreReceipt, Snapshot, SnapshotPart } from './port/snapshots.js';

export type * from './port/audit.js';
export * from './port/documents.js';
export type * from './port/following.js';
export type * from './port/leases.js';
export * from './port/measurements.js';
export type * from './port/outbox.js';
export type * from './port/snapshots.js';

export interface StoreHealth {
  readonly kind: 'lmdb' | 'redis';
  readonly reachable: boolean;
  /** Round trip of a read, ms; undefined where unreachable. */
  readonly latencyMs: number | undefined;
  /** Settings that risk data, as sentences; empty where all is well. */
  readonly warnings: readonly string[];
}

/**
 * Every call has a deadline and ends in a value or a typed error of `errors.ts`: Conflict, Fenced, Unavailable, TooLate,
 * TooLarge, Damaged. Unavailable with `outcome: 'unknown'` means the commit may still land until its `notAfter`: ask
 * {@link Store.outcome}.
 */
export interface Store {
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  readonly counters: Counters;
  readonly ledger: Ledger;
  blobs(room: BlobRoom): Blobs;
  commit(commit: Commit): Promise<CommitReceipt>;
  /** The receipt of an operation, if it landed. Op ids are remembered for an hour. */
  outcome(op: string): Promise<CommitReceipt | undefined>;
  load(): Promise<LoadedState>;
  getMany(ns: Namespace, keys: readonly string[]): Promise<readonly (StoredDocument | null)[]>;
  /** The text that stands there, whatever it is: for what is damaged. Null: nothing; '': something that is no text. */
  raw(ns: Namespace, key: string): Promise<string | null>;
  /** Documents that are there and that nobody would load, since they are not listed. Reads much: for checks, not for work. */
  unlisted(): Promise<readonly { readonly ns: Namespace; readonly key: string }[]>;
  follow(follower: Follower): Promise<Following>;
  lease(name: string, options: LeaseOptions): Promise<Lease>;
  /** The store's own clock, ms since epoch; `notAfter` is measured by it. */
  time(): Promise<number>;
  /** In memory, as a whole. */
  snapshot(): Promise<Snapshot>;
  /** The same piece by piece, in slices of a few milliseconds: evaluation and the gateway go on meanwhile. */
  snapshotParts(): AsyncIterable<SnapshotPart>;
  /**
   * Replaces documents, counters, ledger and baselines by the snapshot's; followers reload (`restored`). The sequence goes on
   * from the greater of the two. Audit, outbox, leases and operation ids are never turned back: see {@link RestoreReceipt}.
   * What is measured follows the documents: where the process dies in between, restore again.
   *
   * @throws {BadSnapshot} where it is not whole, Moved where it is no longer at the order's `base`: nothing has been changed then.
   */
  restore(snapshot: Snapshot, order?: RestoreOrder): Promise<RestoreReceipt>;
  health(): Promise<StoreHealth>;
  close(): Promise<void>;
}
