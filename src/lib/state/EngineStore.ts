/** The Store port over any {@link Engine}: what both databases share lives here and in the files beside it. */
import type { Clock } from '../core/Clock.js';
import type { RandomBytes } from '../core/ids.js';
import { AuditLog } from './audit/AuditLog.js';
import { breather } from './breather.js';
import type { CommitAnswer, Engine } from './Engine.js';
import { open, Unreadable } from './envelope.js';
import { Conflict, Damaged, TooLate } from './errors.js';
import { refuseStale } from './fence.js';
import { FollowLoop } from './FollowLoop.js';
import { LeaseKeeper } from './LeaseKeeper.js';
import { loadAll } from './load.js';
import { prepare, type PreparedCommit } from './prepare.js';
import { restoreSnapshot } from './restore.js';
import { SnapshotFold } from './SnapshotFold.js';
import { takeSnapshot } from './takeSnapshot.js';
import {
  namespaces,
  type Blobs,
  type BlobRoom,
  type Commit,
  type CommitReceipt,
  type Counters,
  type Follower,
  type Following,
  type Lease,
  type LeaseOptions,
  type Ledger,
  type LoadedState,
  type Namespace,
  type Outbox,
  type RestoreOrder,
  type RestoreReceipt,
  type Snapshot,
  type SnapshotPart,
  type Store,
  type StoredDocument,
  type StoreHealth,
} from './Store.js';

export interface EngineStoreOptions {
  /** Real time. */
  readonly clock: Clock;
  readonly random: RandomBytes | undefined;
  readonly warn: (message: string, cause?: unknown) => void;
}

export class EngineStore implements Store {
  public readonly audit: AuditLog;
  public readonly outbox: Outbox;
  public readonly counters: Counters;
  public readonly ledger: Ledger;
  private readonly loops = new Set<FollowLoop>();
  private readonly leases = new Set<LeaseKeeper>();

  public constructor(
    private readonly engine: Engine,
    private readonly options: EngineStoreOptions,
  ) {
    this.audit = new AuditLog(engine.audit);
    this.outbox = engine.outbox;
    this.counters = engine.counters;
    this.ledger = engine.ledger;
  }

  public blobs(room: BlobRoom): Blobs {
    return this.engine.blobs(room);
  }

  public async commit(commit: Commit): Promise<CommitReceipt> {
    const prepared = prepare(commit, this.options.random);
    const answer = await this.engine.commit(prepared);
    if (answer.is !== 'done') return refuse(prepared, answer);
    if (!answer.replayed) for (const loop of this.loops) loop.note(answer.receipt);
    return { ...answer.receipt, op: commit.op, replayed: answer.replayed };
  }

  public async outcome(op: string): Promise<CommitReceipt | undefined> {
    const receipt = await this.engine.outcome(op);
    return receipt && { ...receipt, op, replayed: true };
  }

  public async load(): Promise<LoadedState> {
    return (await loadAll(this.engine)).state;
  }

  public async getMany(ns: Namespace, keys: readonly string[]): Promise<readonly (StoredDocument | null)[]> {
    const documents = await this.engine.read(ns, keys);
    return documents.map((document, index) => {
      if (document instanceof Unreadable) throw damaged(ns, keys[index] ?? '', document.problem);
      return document ?? null;
    });
  }

  public async raw(ns: Namespace, key: string): Promise<string | null> {
    return this.engine.raw(ns, key);
  }

  public async unlisted(): Promise<readonly { readonly ns: Namespace; readonly key: string }[]> {
    const found: { ns: Namespace; key: string }[] = [];
    for (const ns of namespaces)
      for await (const keys of this.engine.unlisted(ns)) found.push(...keys.map((key) => ({ ns, key })));
    return found;
  }

  public async follow(follower: Follower): Promise<Following> {
    const { clock, warn } = this.options;
    const onHistoryBroke = (): void => {
      for (const lease of this.leases) lease.historyBroke();
    };
    const loop = new FollowLoop({ engine: this.engine, follower, clock, warn, onHistoryBroke });
    this.loops.add(loop);
    await loop.start();
    return loop;
  }

  public async lease(name: string, options: LeaseOptions): Promise<Lease> {
    const keeper = new LeaseKeeper({
      ...options,
      engine: this.engine,
      name,
      random: this.options.random,
      monotonic: () => performance.now(),
      warn: this.options.warn,
    });
    this.leases.add(keeper);
    await keeper.start();
    return keeper;
  }

  public async time(): Promise<number> {
    return this.engine.time();
  }

  public async snapshot(): Promise<Snapshot> {
    const fold = new SnapshotFold();
    for await (const part of this.snapshotParts()) fold.take(part);
    return fold.finish();
  }

  public snapshotParts(): AsyncIterable<SnapshotPart> {
    return takeSnapshot(this.engine, breather());
  }

  public async restore(snapshot: Snapshot, order: RestoreOrder = {}): Promise<RestoreReceipt> {
    return restoreSnapshot(this.engine, snapshot, order, this.options.random);
  }

  public async health(): Promise<StoreHealth> {
    return this.engine.health();
  }

  public async close(): Promise<void> {
    await Promise.all([...this.leases].map((lease) => lease.close()));
    await Promise.all([...this.loops].map((loop) => loop.close()));
    await this.engine.close();
  }
}

function refuse(commit: PreparedCommit, answer: Exclude<CommitAnswer, { is: 'done' }>): never {
  if (answer.is === 'late')
    throw new TooLate('The change reached the store too late, so it was not made.', {
      next: 'Try again.',
      context: { op: commit.op, notAfter: commit.notAfter, now: answer.now },
    });
  if (answer.is === 'fenced') {
    if (commit.fence) refuseStale(commit.fence, answer.token);
    throw new TypeError('A commit without a fence was fenced.');
  }
  const change = commit.changes[answer.change];
  if (change === undefined) throw new TypeError('The store refused a change that was not asked for.');
  if (answer.is === 'damaged')
    throw damaged(change.ns, change.key, 'Its content is not what this program writes.');
  const current = answer.raw === null ? null : open(answer.raw);
  if (current instanceof Unreadable) throw damaged(change.ns, change.key, current.problem);
  throw new Conflict(change.ns, change.key, current);
}

function damaged(ns: Namespace, key: string, problem: string): Damaged {
  return new Damaged(`"${key}" (${ns}) is damaged in the store and was left as it is. ${problem}`, {
    next: 'Bring it back from a snapshot, or delete it in the store by hand.',
    context: { ns, key },
  });
}
