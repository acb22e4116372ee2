/** The whole state, as it is taken and taken back. */
import type { Json } from '../../core/Json.js';
import type { AuditEntry, AuditHead } from './audit.js';
import type { CommitRef, Namespace, StoredDocument } from './documents.js';
import type { CounterAddition } from './measurements.js';
import type { OutboxEntry } from './outbox.js';

/** A document that could not be read, with its text as it stands ('' where the database keeps no text there). */
export interface DamagedText {
  readonly ns: Namespace;
  readonly key: string;
  readonly problem: string;
  readonly raw: string;
}

/** The whole state as of one commit, in a form that either store can take back. Shape: `snapshotParts.ts`. */
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
  /** Refused with Moved where the state stands at another commit. @default wherever it stands */
  readonly base?: CommitRef;
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
