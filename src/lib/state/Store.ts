/**
 * The port behind which all state lives. Two adapters fill it, LMDB (embedded) and Redis, and pass one contract suite.
 *
 * Everything transactional goes through {@link Store.commit}: documents with their expected versions, the audit entry and
 * the outbox messages go in together or not at all. Beside it stand things that are never compared: counters (added up),
 * the ledger (packed measurements) and blobs that their owner overwrites.
 */
import type { Json } from '../core/Json.js';

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
   * Counts instead of `expect`: the text that stands there and is no document, as {@link Store.raw} gave it. Anything else
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

export interface LeaseOptions {
  readonly owner: string;
  /** How long a holder that goes silent keeps the lease, ms. */
  readonly ttlMs: number;
  /** Called whenever this process becomes the holder. */
  onGained(fence: Fence): void;
  /** Called as soon as this process can no longer be sure that it is (at 0.8 ttl without a renewal), or gave it up. */
  onLost(): void;
}

export interface Lease {
  /** The token, while this process may believe itself the holder. */
  readonly fence: Fence | undefined;
  /** Who holds it, as the store says; undefined where nobody does. */
  holder(): Promise<{ readonly owner: string; readonly token: number } | undefined>;
  /** Gives it up, so that another may have it at once. */
  close(): Promise<void>;
}

export interface OutboxEntry {
  /** `<seq>-<index>`: in commit order. */
  readonly id: string;
  readonly seq: number;
  /** Tells apart two entries that bear the same number after a failover. */
  readonly commitId: string;
  readonly at: number;
  readonly body: Json;
}

/** What became of an outbox entry. */
export type Settlement =
  | { readonly status: 'sent'; readonly channelId: string; readonly messageId: string }
  /** It stood for several notices, and has been replaced by them. */
  | { readonly status: 'expanded' }
  | { readonly status: 'parked'; readonly reason: string }
  | { readonly status: 'dropped'; readonly reason: string };

export interface AuditEntry {
  /** `<seq>-<index>`: in commit order. */
  readonly id: string;
  readonly seq: number;
  readonly commitId: string;
  readonly op: string;
  readonly at: number;
  readonly body: Json;
  /** SHA-256 (hex) over the seal before it and this entry; absent until the lease holder has sealed it. */
  readonly seal?: string;
}

export interface AuditHead {
  /** How many entries are sealed. */
  readonly count: number;
  /** The last sealed entry's id; empty where none is. */
  readonly id: string;
  readonly seal: string;
}

export type AuditVerdict =
  | { readonly ok: true; readonly entries: number; readonly unsealed: number; readonly head: AuditHead }
  | { readonly ok: false; readonly entries: number; readonly problem: string; readonly id: string };

/** The trail of who did what: never trimmed. The lease holder seals it with a chain of hashes. */
export interface AuditTrail {
  /** Newest first. `before` (an entry id) pages backwards. */
  read(options: { readonly limit: number; readonly before?: string }): Promise<readonly AuditEntry[]>;
  get(id: string): Promise<AuditEntry | undefined>;
  /** Seals what is not sealed yet, in order; answers the new head. */
  seal(fence: Fence): Promise<AuditHead>;
  head(): Promise<AuditHead>;
  /** Reads the whole trail and recomputes the chain. */
  verify(): Promise<AuditVerdict>;
}

/** Messages that commits asked for and nobody has delivered yet. */
export interface Outbox {
  /** Oldest first; parked and settled entries are not among them. */
  pending(limit: number): Promise<readonly OutboxEntry[]>;
  settle(id: string, settlement: Settlement, fence: Fence): Promise<void>;
  /** What became of an entry; kept for 30 days. */
  settlement(id: string): Promise<Settlement | undefined>;
  parked(): Promise<readonly (OutboxEntry & { readonly reason: string })[]>;
  /** Puts parked entries back in line; answers how many. */
  unpark(fence: Fence): Promise<number>;
}

/** Numbers that are only ever added to, by any process, in no order. */
export interface Counters {
  /** Adds to `bucket`'s fields. A `batch` id that was seen before adds nothing (kept for an hour). */
  add(batch: string, additions: readonly CounterAddition[]): Promise<void>;
  read(bucket: string): Promise<ReadonlyMap<string, number>>;
  /** Names of buckets that begin so, sorted. */
  buckets(prefix: string): Promise<readonly string[]>;
  drop(buckets: readonly string[]): Promise<void>;
}

export interface CounterAddition {
  readonly bucket: string;
  readonly field: string;
  readonly by: number;
}

/**
 * Packed rows by series, in the order in which they came: measurements that any process adds and nobody compares. Names
 * of series sort by their UTF-16 code units.
 */
export interface Ledger {
  /** All rows or none. A `batch` id that was seen before adds nothing (kept for an hour). */
  append(batch: string, rows: readonly LedgerRow[]): Promise<void>;
  /** A series' rows, oldest first; empty where there is no such series. */
  read(series: string): Promise<readonly Uint8Array[]>;
  /** Names from `from` up to, but without, `to`; sorted. */
  series(from: string, to: string): Promise<readonly string[]>;
  /**
   * Puts one row in the place of the series' oldest ones, which must be `rows` as they were read; answers false, and changes
   * nothing, where somebody else has folded them meanwhile. Rows that came since stay.
   */
  fold(series: string, rows: readonly Uint8Array[], into: Uint8Array): Promise<boolean>;
  drop(series: readonly string[]): Promise<void>;
}

export interface LedgerRow {
  readonly series: string;
  readonly row: Uint8Array;
}

/** A blob as it was last put; `at` in the store's time. */
export interface OwnedBlob {
  readonly owner: string;
  readonly at: number;
  readonly blob: Uint8Array;
}

/** One blob an owner (a process, a rollout), overwritten as it likes. */
export interface Blobs {
  put(owner: string, blob: Uint8Array): Promise<void>;
  get(owner: string): Promise<OwnedBlob | undefined>;
  /** Sorted by owner. */
  all(): Promise<readonly OwnedBlob[]>;
  remove(owner: string): Promise<void>;
}

/** What blobs are about: what each process knows of its own guilds, how it is doing, what each rollout is compared with, and who lives. */
export const blobRooms = ['directory', 'processes', 'baselines', 'presence'] as const;
export type BlobRoom = (typeof blobRooms)[number];

/** A document that could not be read, with its text as it stands ('' where the database keeps no text there). */
export interface DamagedText {
  readonly ns: Namespace;
  readonly key: string;
  readonly problem: string;
  readonly raw: string;
}

/** The whole state as of one commit, in a form that either store can take back. Shape: `snapshot.ts`. */
export interface Snapshot {
  readonly format: 'rollouts-snapshot';
  /** Files of version 1 are read, too: they lack what is damaged, the ledger and the baselines. */
  readonly version: 2;
  readonly takenAt: number;
  readonly head: CommitRef;
  readonly documents: readonly {
    readonly ns: Namespace;
    readonly key: string;
    readonly document: StoredDocument;
  }[];
  /** Kept for whoever mends them; a restore leaves them out. */
  readonly damaged: readonly DamagedText[];
  readonly audit: readonly AuditEntry[];
  readonly auditHead: AuditHead;
  readonly outbox: readonly OutboxEntry[];
  readonly counters: readonly CounterAddition[];
  /** Measurements that are still judged; rows in base64, oldest first. */
  readonly ledger: readonly { readonly series: string; readonly rows: readonly string[] }[];
  /** What each rollout is compared with, in base64. */
  readonly baselines: readonly { readonly owner: string; readonly blob: string }[];
}

/**
 * A snapshot as it is read and written, piece by piece. A document that was written meanwhile comes again, and `absent` takes
 * one back; `again` takes all of them back, since the state was replaced in mid-reading. `stand` says what it stands at.
 */
export type SnapshotPart =
  | ({ readonly part: 'head' } & Pick<Snapshot, 'format' | 'version' | 'takenAt'>)
  | ({ readonly part: 'document' } & Snapshot['documents'][number])
  | { readonly part: 'absent'; readonly ns: Namespace; readonly key: string }
  | { readonly part: 'again' }
  | ({ readonly part: 'damaged' } & DamagedText)
  | ({ readonly part: 'audit' } & AuditEntry)
  | ({ readonly part: 'outbox' } & OutboxEntry)
  | ({ readonly part: 'counter' } & CounterAddition)
  | ({ readonly part: 'series' } & Snapshot['ledger'][number])
  | ({ readonly part: 'baseline' } & Snapshot['baselines'][number])
  | ({ readonly part: 'stand' } & Pick<Snapshot, 'head' | 'auditHead'>);

/** What goes in with a restore. */
export interface RestoreOrder {
  /** Operation id; the same again changes nothing. @default a new one */
  readonly op?: string;
  readonly audit?: readonly Json[];
  readonly outbox?: readonly Json[];
}

export interface RestoreReceipt extends CommitRef {
  readonly at: number;
  readonly replayed: boolean;
  /**
   * `kept`: audit and outbox of the store itself go on, since they go further than the snapshot's · `taken`: they are the
   * snapshot's, since the store had none, or another history's.
   */
  readonly trail: 'kept' | 'taken';
}

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
   * @throws {BadSnapshot} where it is not whole: nothing has been changed then.
   */
  restore(snapshot: Snapshot, order?: RestoreOrder): Promise<RestoreReceipt>;
  health(): Promise<StoreHealth>;
  close(): Promise<void>;
}
