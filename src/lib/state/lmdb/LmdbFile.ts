/** One LMDB file: text values under ordered keys, atomic writes with a deadline, reads as of the newest commit. */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { RolloutError } from '../../core/RolloutError.js';
import { withDeadline } from '../deadline.js';
import { Unavailable } from '../errors.js';
import { refuseNetworkDisk } from './networkDisk.js';

/** First the kind of record, then what orders it. */
export type LmdbKey = readonly [kind: string, ...rest: (string | number)[]];

export interface LmdbRow {
  readonly key: LmdbKey;
  readonly value: string;
}

/**
 * Writes of this process that are under way, by file. Opening a file a second time takes its write lock on the main thread;
 * a write of this very process that holds the lock then waits for the main thread, and neither would ever go on.
 */
const underWay = new Map<string, Set<Promise<unknown>>>();

export class LmdbFile {
  private closed = false;

  private constructor(
    private readonly db: RootDatabase<string, (string | number)[]>,
    private readonly writes: Set<Promise<unknown>>,
    private readonly deadlineMs: number,
  ) {}

  /** @throws {NetworkDisk} where the directory is on one. */
  public static async open(dataDir: string, prefix: string, deadlineMs: number): Promise<LmdbFile> {
    await mkdir(dataDir, { recursive: true });
    await refuseNetworkDisk(dataDir);
    const path = resolve(dataDir, `${prefix}.mdb`);
    const writes = underWay.get(path) ?? new Set();
    underWay.set(path, writes);
    // From the last look on nothing waits until the file is open.
    while (writes.size > 0) await Promise.allSettled(writes);
    const db = open<string, (string | number)[]>({ path, encoding: 'string' });
    return new LmdbFile(db, writes, deadlineMs);
  }

  public get(key: LmdbKey): string | undefined {
    this.refuseClosed();
    return this.db.get([...key]);
  }

  /** Another process may have written since: forget the view that reads have of the file. */
  public refresh(): void {
    this.refuseClosed();
    this.db.resetReadTxn();
  }

  /** Every row whose key begins with `prefix`, in order; `from` and `to` (exclusive) narrow the next key part. */
  public *rows(
    prefix: LmdbKey,
    options: { from?: string | number; to?: string | number; limit?: number } = {},
  ): Generator<LmdbRow> {
    this.refuseClosed();
    const start = options.from === undefined ? [...prefix] : [...prefix, options.from];
    const end = options.to === undefined ? after(prefix) : [...prefix, options.to];
    for (const { key, value } of this.db.getRange({ start, end, limit: options.limit }))
      yield { key: key as unknown as LmdbKey, value };
  }

  /** The next keys that begin with `prefix`, without their values: those behind `last`, or the first. */
  public keysAfter(prefix: LmdbKey, last: string | undefined, limit: number): readonly string[] {
    this.refuseClosed();
    const start = last === undefined ? [...prefix] : [...prefix, last];
    const found: string[] = [];
    for (const key of this.db.getKeys({ start, end: after(prefix), limit: limit + 1 })) {
      const name = String(key[prefix.length]);
      if (name !== last) found.push(name);
    }
    return found.slice(0, limit);
  }

  /** What stands behind `kind` in any key between these two, each once: rows of the same are leapt over, not read. */
  public *groups(kind: string, from: string, to: string): Generator<string> {
    this.refuseClosed();
    for (let start: (string | number)[] = [kind, from]; ;) {
      const [key] = [...this.db.getKeys({ start, end: [kind, to], limit: 1 })];
      if (key === undefined) return;
      const group = String(key[1]);
      yield group;
      start = after([kind, group]);
    }
  }

  /** The same rows from the last to the first. */
  public *rowsBackward(prefix: LmdbKey, before?: readonly (string | number)[]): Generator<LmdbRow> {
    this.refuseClosed();
    const start = before === undefined ? after(prefix) : [...prefix, ...before];
    for (const { key, value } of this.db.getRange({ start, end: [...prefix], reverse: true })) {
      const isStart =
        before !== undefined && key.length === start.length && key.every((part, i) => part === start[i]);
      if (!isStart) yield { key: key as unknown as LmdbKey, value };
    }
  }

  /** Only inside {@link write}. */
  public put(key: LmdbKey, value: string): void {
    this.db.putSync([...key], value);
  }

  /** Only inside {@link write}. */
  public remove(key: LmdbKey): void {
    this.db.removeSync([...key]);
  }

  /**
   * Runs `action` as one transaction and waits until it is on the disk. A throw rolls it back, which a plain
   * `transaction` would not; hence the child transaction.
   *
   * @throws {Unavailable} `unknown` past the deadline: another process may hold the file, and it may still happen.
   */
  public async write<T>(action: () => T, deadlineMs = this.deadlineMs): Promise<T> {
    this.refuseClosed();
    const work = async (): Promise<T> => {
      const result = await this.db.childTransaction(action);
      await this.db.flushed;
      return result;
    };
    const working = work();
    this.writes.add(working);
    const over = (): boolean => this.writes.delete(working);
    working.then(over, over);
    try {
      return await withDeadline(working, deadlineMs, 'unknown');
    } catch (error) {
      // A TypeError is a bug in `action`, not trouble with the file.
      if (error instanceof RolloutError || error instanceof TypeError) throw error;
      throw new Unavailable('The state file could not be written.', 'unknown', { cause: error });
    }
  }

  public async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.db.close();
  }

  private refuseClosed(): void {
    if (this.closed) throw new Unavailable('The store is closed.', 'none');
  }
}

/** The first key behind all that begin with `prefix`: text sorts behind numbers, and no name here begins with U+10FFFF. */
function after(prefix: LmdbKey): (string | number)[] {
  return [...prefix, '\u{10ffff}'];
}
