import type { CommitAnswer, ReceiptRecord } from '../Engine.js';
import { Damaged } from '../errors.js';
import type { PreparedCommit } from '../prepare.js';
import { feedLength, rememberedMs } from '../records.js';
import type { RedisKeys } from './keys.js';
import { script, type RedisCalls } from './RedisCalls.js';
import { list, text, textOr } from './replies.js';

const commit = script('commit');

/** How long a commit waits for a replica, ms; a healthy one needs less than one. */
const replicaMs = 200;
/** After a wait in vain nobody waits for so long, ms: a missing replica must not slow every change down. */
const replicaAwayMs = 5000;
/** Larger commits are only announced, and read by whoever follows: a message goes to every process through one socket each. */
const pushBytes = 32 * 1024;

export class RedisCommits {
  private replicaAwayUntil = 0;

  public constructor(
    private readonly calls: RedisCalls,
    private readonly keys: RedisKeys,
    private readonly options: {
      readonly waitForReplicas: number;
      readonly warn: (message: string) => void;
    },
  ) {}

  /** True while commits are not waited for because the replica did not answer. */
  public get isReplicaAway(): boolean {
    return performance.now() < this.replicaAwayUntil;
  }

  public async commit(prepared: PreparedCommit): Promise<CommitAnswer> {
    const work = this.calls.run('write', commit, this.keysOf(prepared), this.argsOf(prepared));
    // Sent in the same turn: WAIT counts what its own connection wrote before it.
    const replicated = this.waitForReplica();
    const [reply] = await Promise.all([work, replicated]);
    return this.answer(reply);
  }

  public async outcome(op: string): Promise<ReceiptRecord | undefined> {
    const key = this.keys.op(op);
    const found = textOr(await this.calls.command('read', key, ['GET', key]), undefined);
    return found === undefined ? undefined : receipt(found);
  }

  private keysOf({ op, fence, changes }: PreparedCommit): string[] {
    const { head, feed, audit, outbox, line } = this.keys;
    const leaseKey = this.keys.lease(fence?.lease ?? 'none');
    const documents = changes.flatMap(({ ns, key }) => [this.keys.document(ns, key), this.keys.index(ns)]);
    return [head, feed, this.keys.op(op), audit, outbox, line, leaseKey, ...documents];
  }

  private argsOf({ op, id, notAfter, fence, changes, audit, outbox }: PreparedCommit): (string | number)[] {
    const changed = changes.filter(({ action }) => action !== 'check').map(({ ns, key }) => [ns, key]);
    return [
      ...[JSON.stringify(op), id, notAfter, fence?.token ?? '', audit.length, outbox.length, changes.length],
      ...[feedLength, rememberedMs, this.keys.channel, JSON.stringify(changed)],
      ...[this.calls.link.database, pushBytes],
      ...changes.flatMap(({ expect, damaged, action, json, key }) => [
        damaged === undefined ? expect : `!${damaged}`,
        ...[action, json, key],
      ]),
      ...audit,
      ...outbox,
    ];
  }

  private answer(reply: unknown): CommitAnswer {
    const [is, value, raw] = list(reply);
    switch (text(is)) {
      case 'done':
        return { is: 'done', receipt: receipt(text(value)), replayed: false };
      case 'replayed':
        return { is: 'done', receipt: receipt(text(value)), replayed: true };
      case 'late':
        return { is: 'late', now: Number(value) };
      case 'fenced':
        return { is: 'fenced', token: Number(value) };
      case 'conflict':
        return { is: 'conflict', change: Number(value), raw: textOr(raw, null) };
      case 'damaged':
        return { is: 'damaged', change: Number(value) };
      default:
        throw new Damaged(
          `The key ${String(value)} in Redis is not what this program keeps there; nothing was changed.`,
          {
            next: 'Look at that key; a snapshot can bring the state back.',
            context: { key: value },
          },
        );
    }
  }

  private async waitForReplica(): Promise<void> {
    const { waitForReplicas, warn } = this.options;
    if (waitForReplicas === 0 || this.isReplicaAway) return;
    const args = ['WAIT', String(waitForReplicas), String(replicaMs)];
    const count = await this.calls.command('write', this.keys.head, args).catch(() => 0);
    if (Number(count) >= waitForReplicas) return;
    this.replicaAwayUntil = performance.now() + replicaAwayMs;
    warn('No replica confirmed the last change in time: until one does, a failover may lose changes.');
  }
}

/** `seq id at`, as the scripts write it. */
export function receipt(line: string): ReceiptRecord {
  const [seq, id = '', at] = line.split(' ');
  return { seq: Number(seq), id, at: Number(at) };
}
