/** State in Redis: every atomic step is one Lua script over keys that share a hash tag. */
import type { Keyv } from 'keyv';
import { documentKeyvs, readMany, type ReadDocument } from '../documentKeyv.js';
import type { Changes, CommitAnswer, Engine, EngineHead, LeaseAnswer, ReceiptRecord } from '../Engine.js';
import type { Replacement, Signal } from '../Engine.js';
import { Unavailable } from '../errors.js';
import { OpenedDocuments } from '../OpenedDocuments.js';
import type { PreparedCommit } from '../prepare.js';
import type { Blobs, BlobRoom, CommitRef, Namespace, StoreHealth } from '../Store.js';
import { warningsOf } from './health.js';
import { RedisKeys } from './keys.js';
import { RedisAudit } from './RedisAudit.js';
import { RedisBlobs } from './RedisBlobs.js';
import { RedisCalls } from './RedisCalls.js';
import { RedisCommits } from './RedisCommits.js';
import { RedisCounters } from './RedisCounters.js';
import { RedisFeed } from './RedisFeed.js';
import { RedisLeases } from './RedisLeases.js';
import { RedisLedger } from './RedisLedger.js';
import type { RedisLink } from './RedisLink.js';
import { RedisOutbox } from './RedisOutbox.js';
import { list, text, textOr, texts } from './replies.js';
import { signalOf } from './signals.js';
import { unlistedKeys } from './unlisted.js';
import { replaceAll } from './replace.js';

export interface RedisOptions {
  readonly prefix: string;
  readonly deadlineMs: number;
  /** Replicas that a commit waits for; 0 = none. */
  readonly waitForReplicas: number;
  readonly warn: (message: string, cause?: unknown) => void;
}

export class RedisEngine implements Engine {
  public readonly kind = 'redis';
  public readonly pollMs = 5000;
  public readonly leasePollMs = undefined;
  public readonly outbox: RedisOutbox;
  public readonly counters: RedisCounters;
  public readonly ledger: RedisLedger;
  public readonly audit: RedisAudit;
  public readonly opened = new OpenedDocuments();
  private readonly keyv: Readonly<Record<Namespace, Keyv>>;
  private readonly names: RedisKeys;
  private readonly calls: RedisCalls;
  private readonly commits: RedisCommits;
  private readonly feed: RedisFeed;
  private readonly leases: RedisLeases;
  private readonly listeners = new Set<(signal: Signal) => void>();

  public constructor(
    private readonly link: RedisLink,
    options: RedisOptions,
  ) {
    const names = new RedisKeys(options.prefix);
    const calls = new RedisCalls(link, options.deadlineMs, () => {
      this.signal({ is: 'down' });
    });
    this.names = names;
    this.calls = calls;
    this.keyv = documentKeyvs(
      (ns) => names.namespace(ns),
      (ns) => link.keyvAdapter(names.namespace(ns)),
    );
    this.outbox = new RedisOutbox(calls, names);
    this.counters = new RedisCounters(calls, names);
    this.ledger = new RedisLedger(calls, names);
    this.audit = new RedisAudit(calls, names);
    this.commits = new RedisCommits(calls, names, options);
    this.feed = new RedisFeed(calls, names);
    this.leases = new RedisLeases(calls, names);
    link.listen((signal) => {
      this.signal(signal);
    });
    link.subscribe(names.channel, (message) => {
      const signal = signalOf(message, link.database);
      if (signal !== undefined) this.signal(signal);
    });
  }

  /** Resolves when the first connection stands, or after the deadline: then the store is simply not reachable yet. */
  public async settled(ms: number): Promise<void> {
    if (this.link.isReady) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.link.listen((signal) => {
        if (signal.is !== 'up' || !this.link.isReady) return;
        clearTimeout(timer);
        resolve();
      });
    });
  }

  public blobs(room: BlobRoom): Blobs {
    return new RedisBlobs(this.calls, this.names, room);
  }

  public async commit(commit: PreparedCommit): Promise<CommitAnswer> {
    return this.commits.commit(commit);
  }

  public async outcome(op: string): Promise<ReceiptRecord | undefined> {
    return this.commits.outcome(op);
  }

  public async read(ns: Namespace, keys: readonly string[]): Promise<ReadDocument[]> {
    return this.calls.guard('read', () => readMany(this.keyv[ns], keys));
  }

  public async head(): Promise<EngineHead> {
    return this.feed.head();
  }

  public async *keys(ns: Namespace, limit: number): AsyncGenerator<readonly string[]> {
    const index = this.names.index(ns);
    let cursor = '0';
    do {
      const scan = ['SSCAN', index, cursor, 'COUNT', String(limit)];
      const [next, page] = list(await this.calls.command('read', index, scan));
      const keys = texts(page);
      if (keys.length > 0) yield keys;
      cursor = text(next);
    } while (cursor !== '0');
  }

  public unlisted(ns: Namespace): AsyncGenerator<readonly string[]> {
    return unlistedKeys(this.calls, this.names, ns);
  }

  public async raw(ns: Namespace, key: string): Promise<string | null> {
    const name = this.names.document(ns, key);
    const kind = text(await this.calls.command('read', name, ['TYPE', name]));
    if (kind === 'none') return null;
    if (kind !== 'string') return '';
    const raw = textOr(await this.calls.command('read', name, ['GET', name]), null);
    // Bytes that are no UTF-8 arrive as U+FFFD, and would not be the same when they are sent back.
    return raw?.includes('\ufffd') === true ? '' : raw;
  }

  public async changes(after: number, limit: number): Promise<Changes> {
    return this.feed.changes(after, limit);
  }

  public async refs(): Promise<readonly CommitRef[]> {
    return this.feed.refs();
  }

  public async takeLease(name: string, owner: string, ttlMs: number, floor: number): Promise<LeaseAnswer> {
    return this.leases.take(name, owner, ttlMs, floor);
  }

  public async leaseHolder(name: string): Promise<LeaseAnswer | undefined> {
    return this.leases.holder(name);
  }

  public async releaseLease(name: string, owner: string): Promise<void> {
    return this.leases.release(name, owner);
  }

  public async time(): Promise<number> {
    const [seconds, micros] = list(await this.calls.command('read', this.names.head, ['TIME']));
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  }

  public async replace(replacement: Replacement): Promise<{ receipt: ReceiptRecord; replayed: boolean }> {
    return replaceAll(this.calls, this.names, replacement);
  }

  public async health(): Promise<StoreHealth> {
    const start = performance.now();
    try {
      await this.time();
      const latencyMs = performance.now() - start;
      return { kind: this.kind, reachable: true, latencyMs, warnings: await this.warnings() };
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      return { kind: this.kind, reachable: false, latencyMs: undefined, warnings: [error.message] };
    }
  }

  public listen(listener: (signal: Signal) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  public async close(): Promise<void> {
    this.listeners.clear();
    await this.link.close();
  }

  private async warnings(): Promise<string[]> {
    const { head } = this.names;
    const info = text(await this.calls.command('read', head, ['INFO']));
    // Hosted servers often forbid CONFIG; then it cannot be told.
    const save = await this.calls.command('read', head, ['CONFIG', 'GET', 'save']).then(
      (reply) => texts(reply)[1],
      () => undefined,
    );
    const warnings = warningsOf(info, save);
    return this.commits.isReplicaAway
      ? [...warnings, 'No replica confirms changes: a failover may lose some.']
      : warnings;
  }

  private signal(signal: Signal): void {
    for (const listener of this.listeners) listener(signal);
  }
}
