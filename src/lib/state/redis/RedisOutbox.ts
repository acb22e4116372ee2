import { refuseStale } from '../fence.js';
import { outboxEntry, parseSettlement, settledMs } from '../records.js';
import type { Fence, Outbox, OutboxEntry, Settlement } from '../Store.js';
import type { RedisKeys } from './keys.js';
import { script, type RedisCalls } from './RedisCalls.js';
import { list, pairs, text, textOr, texts } from './replies.js';

const settle = script('settle');
const unpark = script('unpark');

export class RedisOutbox implements Outbox {
  public constructor(
    private readonly calls: RedisCalls,
    private readonly keys: RedisKeys,
  ) {}

  public async pending(limit: number): Promise<readonly OutboxEntry[]> {
    const { line } = this.keys;
    const last = Number.isFinite(limit) ? limit - 1 : -1;
    if (last < -1 || limit === 0) return [];
    const ids = texts(await this.calls.command('read', line, ['ZRANGE', line, '0', String(last)]));
    return this.entries(ids);
  }

  public async settle(id: string, settlement: Settlement, fence: Fence): Promise<void> {
    const { outbox, line, parked, settled, settledAt } = this.keys;
    const keys = [this.keys.lease(fence.lease), outbox, line, parked, settled, settledAt];
    const reason = settlement.status === 'parked' ? settlement.reason : '';
    const args = [fence.token, id, settlement.status, JSON.stringify(settlement), settledMs, reason];
    this.refuseFenced(fence, await this.calls.run('write', settle, keys, args));
  }

  public async settlement(id: string): Promise<Settlement | undefined> {
    const { settled } = this.keys;
    const found = textOr(await this.calls.command('read', settled, ['HGET', settled, id]), undefined);
    return found === undefined ? undefined : parseSettlement(found);
  }

  public async parked(): Promise<readonly (OutboxEntry & { readonly reason: string })[]> {
    const { parked } = this.keys;
    const reasons = pairs(await this.calls.command('read', parked, ['HGETALL', parked]));
    const entries = await this.entries([...reasons.keys()]);
    return entries
      .map((entry) => ({ ...entry, reason: reasons.get(entry.id) ?? '' }))
      .sort((a, b) => a.seq - b.seq || a.id.localeCompare(b.id, 'en', { numeric: true }));
  }

  public async unpark(fence: Fence): Promise<number> {
    const { parked, line, settled } = this.keys;
    const keys = [this.keys.lease(fence.lease), parked, line, settled];
    return Number(this.refuseFenced(fence, await this.calls.run('write', unpark, keys, [fence.token])));
  }

  private async entries(ids: readonly string[]): Promise<OutboxEntry[]> {
    if (ids.length === 0) return [];
    const { outbox } = this.keys;
    const found = list(await this.calls.command('read', outbox, ['HMGET', outbox, ...ids]));
    // Null: settled by the holder between the two reads.
    return ids.flatMap((id, i) => (typeof found[i] === 'string' ? [outboxEntry(id, found[i])] : []));
  }

  private refuseFenced(fence: Fence, reply: unknown): unknown {
    const [is, value] = list(reply);
    if (text(is) === 'fenced') refuseStale(fence, Number(value));
    return value;
  }
}
