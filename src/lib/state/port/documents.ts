/** Documents: what is written, what is read back, and what changes them in one step. */
import type { Json } from '../../core/Json.js';

export const namespaces = [
  'flags',
  'guilds',
  'cohorts',
  'rollouts',
  'rollbacks',
  'deployments',
  'settings',
] as const;

/** A kind of document. */
export type Namespace = (typeof namespaces)[number];

/** What a document's author writes: any JSON object that says which schema it follows. `v` is the store's to add. */
export interface DocumentBody {
  readonly schema: number;
  readonly [field: string]: Json | undefined;
}

/** A document as it is read back. */
export interface StoredDocument extends DocumentBody {
  /** The sequence number of the commit that wrote it: grows with every write, is never used twice for one key. */
  readonly v: number;
}

/** One document's part in a commit. */
export interface DocumentChange {
  readonly ns: Namespace;
  readonly key: string;
  /** The version that must stand in the store; 0 = the document must not exist. */
  readonly expect: number;
  /**
   * Counts instead of `expect`: the text that stands there and is no document, as `Store.raw` gave it. Anything else
   * there is a Conflict. What a database keeps there in another form than text is moved aside, never overwritten.
   */
  readonly damaged?: string;
  /** The new body; null deletes; undefined leaves it as it is and only checks `expect`. */
  readonly next: DocumentBody | null | undefined;
}

/** Proof of holding a lease: a commit that carries a token which is no longer the newest is refused. */
export interface Fence {
  readonly lease: string;
  readonly token: number;
}

export interface Commit {
  /** Operation id, chosen by the caller. The same id again is answered as the first time and changes nothing. */
  readonly op: string;
  /** Past this moment of the store's own clock (ms since epoch) the commit is refused and can never happen. */
  readonly notAfter: number;
  readonly fence?: Fence;
  readonly changes: readonly DocumentChange[];
  readonly audit: readonly Json[];
  readonly outbox: readonly Json[];
}

/** Names a commit in the store's history. */
export interface CommitRef {
  readonly seq: number;
  /** Random, given by the store's adapter: tells two commits apart that bear the same number after a failover. */
  readonly id: string;
}

export interface CommitReceipt extends CommitRef {
  readonly op: string;
  /** The store's time of the commit, ms since epoch. */
  readonly at: number;
  /** True where the operation id had been seen before, and nothing was changed by this call. */
  readonly replayed: boolean;
}
