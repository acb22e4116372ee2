/** Who did what. */
import type { Json } from '../../core/Json.js';
import type { Fence } from './documents.js';

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
