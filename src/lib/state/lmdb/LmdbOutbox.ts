import { parseEntryId } from '../entryId.js';
import { outboxEntry, parseSettlement, settledMs } from '../records.js';
import type { Fence, Outbox, OutboxEntry, Settlement } from '../Store.js';
import { forget, leaseToken } from './commit.js';
import { refuseStale } from '../fence.js';
import type { LmdbFile, LmdbKey } from './LmdbFile.js';

export class LmdbOutbox implements Outbox {
  public constructor(
    private readonly file: LmdbFile,
    private readonly now: () => number,
  ) {}

  public async pending(limit: number): Promise<readonly OutboxEntry[]> {
    this.file.refresh();
    return [...this.file.rows(['outbox'], { limit })].map(({ key, value }) => outboxEntry(idOf(key), value));
  }

  public async settle(id: string, settlement: Settlement, fence: Fence): Promise<void> {
    const at = parseEntryId(id);
    if (at === undefined) throw new TypeError(`"${id}" is no outbox entry's id.`);
    await this.file.write(() => {
      refuseStale(fence, leaseToken(this.file, fence.lease));
      const text = this.file.get(['outbox', at.seq, at.index]) ?? this.file.get(['parked', at.seq, at.index]);
      if (text === undefined) return;
      this.file.remove(['outbox', at.seq, at.index]);
      this.file.remove(['parked', at.seq, at.index]);
      if (settlement.status === 'parked') this.file.put(['parked', at.seq, at.index], text);
      else this.file.put(['settledAt', this.now(), id], '');
      this.file.put(['settled', id], JSON.stringify(settlement));
      forget(this.file, 'settledAt', 'settled', this.now() - settledMs);
    });
  }

  public async settlement(id: string): Promise<Settlement | undefined> {
    this.file.refresh();
    const text = this.file.get(['settled', id]);
    return text === undefined ? undefined : parseSettlement(text);
  }

  public async parked(): Promise<readonly (OutboxEntry & { readonly reason: string })[]> {
    this.file.refresh();
    return [...this.file.rows(['parked'])].map(({ key, value }) => {
      const text = this.file.get(['settled', idOf(key)]);
      const settlement = text === undefined ? undefined : parseSettlement(text);
      const reason = settlement?.status === 'parked' ? settlement.reason : '';
      return { ...outboxEntry(idOf(key), value), reason };
    });
  }

  public async unpark(fence: Fence): Promise<number> {
    return this.file.write(() => {
      refuseStale(fence, leaseToken(this.file, fence.lease));
      const parked = [...this.file.rows(['parked'])];
      for (const { key, value } of parked) {
        this.file.remove(key);
        this.file.remove(['settled', idOf(key)]);
        this.file.put(['outbox', ...key.slice(1)], value);
      }
      return parked.length;
    });
  }
}

/** Rows are `[kind, seq, index]`. */
export function idOf(key: LmdbKey): string {
  return `${key[1]}-${key[2]}`;
}
