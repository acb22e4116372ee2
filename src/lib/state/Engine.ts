/**
 * What a database must be able to do so that {@link EngineStore} can be a {@link Store} on it: small, atomic steps.
 * Each of them has its own deadline and throws only errors of `errors.ts`.
 */
import type {
  AuditHead,
  Blobs,
  BlobRoom,
  CommitRef,
  Counters,
  Fence,
  Ledger,
  Namespace,
  Outbox,
  StoreHealth,
} from './Store.js';
import type { ReadDocument } from './documentKeyv.js';
import type { OpenedDocuments } from './OpenedDocuments.js';
import type { PreparedCommit } from './prepare.js';

/** How the engine answers a commit. `raw` is the document's envelope as it stands, null where there is none. */
export type CommitAnswer =
  | { readonly is: 'done'; readonly receipt: ReceiptRecord; readonly replayed: boolean }
  | { readonly is: 'late'; readonly now: number }
  | { readonly is: 'fenced'; readonly token: number }
  | { readonly is: 'conflict'; readonly change: number; readonly raw: string | null }
  | { readonly is: 'damaged'; readonly change: number };

export interface ReceiptRecord extends CommitRef {
  readonly at: number;
}

export interface FeedEntry extends CommitRef {
  /** Id of the commit before; empty for the first. */
  readonly prev: string;
  readonly at: number;
  readonly keys: readonly (readonly [Namespace, string])[];
}

/** The newest commit, and which history it belongs to. */
export interface EngineHead extends CommitRef {
  readonly at: number;
  /** Empty until the first restore; a new random id at each. */
  readonly lineage: string;
}

/** What happened after a sequence number, read in one atomic step. */
export interface Changes {
  readonly head: EngineHead;
  /** In order, at most as many as asked for; fewer than `head.seq - after` where the feed was trimmed. */
  readonly entries: readonly FeedEntry[];
  /** Envelopes of every document that the entries name, as they stand at `head`; null = there is none. */
  readonly documents: readonly {
    readonly ns: Namespace;
    readonly key: string;
    readonly raw: string | null;
  }[];
}

export interface LeaseAnswer {
  readonly owner: string;
  readonly token: number;
}

/** One audit entry as it is stored: `text` is the JSON of {@link AuditRecord}. */
export interface AuditRow {
  readonly id: string;
  readonly text: string;
  readonly seal: string | undefined;
}

/** What the engine itself must answer of the audit; the chain is made above it. */
export interface AuditRows {
  /** Ascending from the entry after `after` (empty: from the first). */
  forward(after: string, limit: number): Promise<readonly AuditRow[]>;
  /** Descending from the entry before `before` (undefined: from the last). */
  backward(before: string | undefined, limit: number): Promise<readonly AuditRow[]>;
  get(id: string): Promise<AuditRow | undefined>;
  head(): Promise<AuditHead>;
  /** Writes seals and the new head, if `fence` is the newest and the head is still `from`; false where it is not. */
  seal(
    fence: Fence,
    from: AuditHead,
    seals: readonly { readonly id: string; readonly seal: string }[],
    to: AuditHead,
  ): Promise<boolean>;
}

/** All that a restore writes, in the engine's own terms. */
export interface Replacement {
  readonly lineage: string;
  /** The commit id that the restore itself gets. */
  readonly id: string;
  /** The sequence goes on above this and above the store's own. */
  readonly seq: number;
  readonly documents: readonly { readonly ns: Namespace; readonly key: string; readonly raw: string }[];
  /** Undefined: the store's own audit and outbox stay as they are. */
  readonly trail:
    | {
        readonly audit: readonly AuditRow[];
        readonly auditHead: AuditHead;
        readonly outbox: readonly { readonly id: string; readonly text: string }[];
      }
    | undefined;
  readonly op: string;
  /** Throws Moved where the state stands at another commit; undefined: wherever it stands. */
  readonly base?: CommitRef | undefined;
  /** Bodies (JSON) that the restore itself adds to audit and outbox. */
  readonly audit: readonly string[];
  readonly outbox: readonly string[];
}

/**
 * One commit as its message brought it: the changes after the commit before, with the head as it was then. It says nothing of
 * what came later, and a message may be lost, late or of another history: see `PushedCommits`.
 */
export type PushedCommit = Changes;

export type Signal =
  /** The sequence may have moved; `commit`, where it comes along, is the one that moved it. */
  | { readonly is: 'moved'; readonly commit?: PushedCommit }
  /** A lease was given up. */
  | { readonly is: 'lease'; readonly name: string }
  /** The connection broke, or stands again. */
  | { readonly is: 'down' }
  | { readonly is: 'up' };

export interface Engine {
  readonly kind: StoreHealth['kind'];
  /** How often a follower looks without being called, ms. */
  readonly pollMs: number;
  /** How often a lease's candidate looks, where that costs nothing; undefined: signals and the ttl decide. */
  readonly leasePollMs: number | undefined;
  readonly outbox: Outbox;
  readonly counters: Counters;
  readonly ledger: Ledger;
  readonly audit: AuditRows;
  /** What its followers read. */
  readonly opened: OpenedDocuments;
  blobs(room: BlobRoom): Blobs;
  commit(commit: PreparedCommit): Promise<CommitAnswer>;
  outcome(op: string): Promise<ReceiptRecord | undefined>;
  head(): Promise<EngineHead>;
  /** Pages of at most about `limit` keys. What stands there all the while is named, what comes or goes meanwhile may be. */
  keys(ns: Namespace, limit: number): AsyncIterable<readonly string[]>;
  /** See {@link Store.raw}. */
  raw(ns: Namespace, key: string): Promise<string | null>;
  /** Pages of keys that are there and that {@link keys} does not name. */
  unlisted(ns: Namespace): AsyncIterable<readonly string[]>;
  /** Reads documents through Keyv, in the order of `keys`. */
  read(ns: Namespace, keys: readonly string[]): Promise<readonly ReadDocument[]>;
  changes(after: number, limit: number): Promise<Changes>;
  /** Every commit that the feed still names, oldest first. */
  refs(): Promise<readonly CommitRef[]>;
  /** Takes or renews the lease if it is free or the owner's; answers who holds it now. `floor`: the highest token ever seen. */
  takeLease(name: string, owner: string, ttlMs: number, floor: number): Promise<LeaseAnswer>;
  leaseHolder(name: string): Promise<LeaseAnswer | undefined>;
  releaseLease(name: string, owner: string): Promise<void>;
  time(): Promise<number>;
  /** In one step that nobody sees half of. An operation id that was seen before changes nothing. */
  replace(replacement: Replacement): Promise<{ readonly receipt: ReceiptRecord; readonly replayed: boolean }>;
  health(): Promise<StoreHealth>;
  /** Calls back on every signal until the returned function is called. */
  listen(listener: (signal: Signal) => void): () => void;
  close(): Promise<void>;
}
