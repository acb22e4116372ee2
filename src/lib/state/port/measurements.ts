/** What is never compared: counters that are added up, the ledger's packed rows, and blobs that their owner overwrites. */

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
