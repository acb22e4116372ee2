/** The embedded database: one LMDB file in the data directory, shared by the processes of one machine. */
import type { Clock } from '../../core/Clock.js';
import type { Keyv } from 'keyv';
import { breather } from '../breather.js';
import { documentKeyvs, readMany, type ReadDocument } from '../documentKeyv.js';
import type {
  Changes,
  CommitAnswer,
  Engine,
  EngineHead,
  FeedEntry,
  LeaseAnswer,
  ReceiptRecord,
  Replacement,
  Signal,
} from '../Engine.js';
import { OpenedDocuments } from '../OpenedDocuments.js';
import type { PreparedCommit } from '../prepare.js';
import type { Blobs, BlobRoom, CommitRef, Namespace, StoreHealth } from '../Store.js';
import { applyCommit, readHead, readReceipt } from './commit.js';
import { differencesInSlices } from './differences.js';
import { KeyvLmdb } from './KeyvLmdb.js';
import { LmdbAudit } from './LmdbAudit.js';
import { LmdbBlobs } from './LmdbBlobs.js';
import { LmdbCounters } from './LmdbCounters.js';
import { LmdbFile } from './LmdbFile.js';
import { LmdbLedger } from './LmdbLedger.js';
import { LmdbOutbox } from './LmdbOutbox.js';
import { readLease, releaseLease, takeLease } from './lease.js';
import { replaceAll } from './replace.js';

export interface LmdbOptions {
  readonly dataDir: string;
  readonly prefix: string;
  /** Real time; it is the store's own clock. */
  readonly clock: Clock;
  readonly deadlineMs: number;
}

/** A restore writes all that differs at once: about 10 µs a document. */
const replaceDeadlineMs = 60_000;

export class LmdbEngine implements Engine {
  public readonly kind = 'lmdb';
  public readonly pollMs = 25;
  public readonly leasePollMs = 25;
  public readonly outbox: LmdbOutbox;
  public readonly counters: LmdbCounters;
  public readonly ledger: LmdbLedger;
  public readonly audit: LmdbAudit;
  public readonly opened = new OpenedDocuments();
  private readonly keyv: Readonly<Record<Namespace, Keyv>>;
  private readonly listeners = new Set<(signal: Signal) => void>();

  private constructor(
    private readonly file: LmdbFile,
    private readonly options: LmdbOptions,
  ) {
    const now = (): number => options.clock.now();
    this.keyv = documentKeyvs(
      (ns) => `${options.prefix}:${ns}`,
      (ns) => new KeyvLmdb(file, ns),
    );
    this.outbox = new LmdbOutbox(file, now);
    this.counters = new LmdbCounters(file, now);
    this.ledger = new LmdbLedger(file, now);
    this.audit = new LmdbAudit(file);
  }

  public static async open(options: LmdbOptions): Promise<LmdbEngine> {
    return new LmdbEngine(await LmdbFile.open(options.dataDir, options.prefix, options.deadlineMs), options);
  }

  public blobs(room: BlobRoom): Blobs {
    return new LmdbBlobs(this.file, room, () => this.options.clock.now());
  }

  public async commit(commit: PreparedCommit): Promise<CommitAnswer> {
    const answer = await this.file.write(() =>
      applyCommit(this.file, this.opened, commit, this.options.clock.now()),
    );
    if (answer.is === 'done') this.signal({ is: 'moved' });
    return answer;
  }

  public async outcome(op: string): Promise<ReceiptRecord | undefined> {
    this.file.refresh();
    return readReceipt(this.file, op, this.options.clock.now());
  }

  public async head(): Promise<EngineHead> {
    this.file.refresh();
    return readHead(this.file);
  }

  public async *keys(ns: Namespace, limit: number): AsyncGenerator<readonly string[]> {
    let last: string | undefined;
    for (;;) {
      this.file.refresh();
      const page = this.file.keysAfter(['doc', ns], last, limit);
      if (page.length === 0) return;
      yield page;
      last = page.at(-1);
    }
  }

  /** The documents themselves are the list. */
  public async *unlisted(): AsyncGenerator<readonly string[]> {}

  public async raw(ns: Namespace, key: string): Promise<string | null> {
    this.file.refresh();
    return this.file.get(['doc', ns, key]) ?? null;
  }

  public async read(ns: Namespace, keys: readonly string[]): Promise<ReadDocument[]> {
    this.file.refresh();
    return readMany(this.keyv[ns], keys);
  }

  /** Reads in one go without waiting in between, hence in one view of the file. */
  public async changes(after: number, limit: number): Promise<Changes> {
    this.file.refresh();
    const entries = [...this.file.rows(['feed'], { from: after + 1, limit })].map(({ value }) =>
      feedEntry(value),
    );
    const named = new Map(entries.flatMap(({ keys }) => keys.map((key) => [key.join(':'), key] as const)));
    const documents = [...named.values()].map(([ns, key]) => ({
      ns,
      key,
      raw: this.file.get(['doc', ns, key]) ?? null,
    }));
    return { head: readHead(this.file), entries, documents };
  }

  public async refs(): Promise<readonly CommitRef[]> {
    this.file.refresh();
    return [...this.file.rows(['feed'])].map(({ value }) => feedEntry(value));
  }

  public async takeLease(name: string, owner: string, ttlMs: number, floor: number): Promise<LeaseAnswer> {
    // Reading first spares the disk a write at every look of every candidate.
    this.file.refresh();
    const now = this.options.clock.now();
    const held = readLease(this.file, name);
    if (held !== undefined && held.owner !== owner && held.until > now && held.token >= floor) return held;
    return this.file.write(() =>
      takeLease(this.file, { name, owner, ttlMs, floor, now: this.options.clock.now() }),
    );
  }

  public async leaseHolder(name: string): Promise<LeaseAnswer | undefined> {
    this.file.refresh();
    const held = readLease(this.file, name);
    return held !== undefined && held.until > this.options.clock.now() ? held : undefined;
  }

  public async releaseLease(name: string, owner: string): Promise<void> {
    await this.file.write(() => {
      releaseLease(this.file, name, owner);
    });
    this.signal({ is: 'lease', name });
  }

  public async time(): Promise<number> {
    return this.options.clock.now();
  }

  public async replace(replacement: Replacement): Promise<{ receipt: ReceiptRecord; replayed: boolean }> {
    const found = await differencesInSlices(this.file, replacement.documents, breather());
    const answer = await this.file.write(
      () => replaceAll(this.file, replacement, found, this.options.clock.now()),
      replaceDeadlineMs,
    );
    if (!answer.replayed) this.signal({ is: 'moved' });
    return answer;
  }

  public async health(): Promise<StoreHealth> {
    const start = performance.now();
    this.file.refresh();
    readHead(this.file);
    return { kind: this.kind, reachable: true, latencyMs: performance.now() - start, warnings: [] };
  }

  public listen(listener: (signal: Signal) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  public async close(): Promise<void> {
    this.listeners.clear();
    await this.file.close();
  }

  private signal(signal: Signal): void {
    for (const listener of this.listeners) listener(signal);
  }
}

function feedEntry(text: string): FeedEntry {
  return JSON.parse(text) as FeedEntry;
}
