import type { AuditRow, AuditRows } from '../Engine.js';
import { parseEntryId } from '../entryId.js';
import { refuseStale } from '../fence.js';
import { emptyHead } from '../audit/chain.js';
import type { AuditHead, Fence } from '../Store.js';
import { leaseToken } from './commit.js';
import { idOf } from './LmdbOutbox.js';
import type { LmdbFile, LmdbRow } from './LmdbFile.js';

export class LmdbAudit implements AuditRows {
  public constructor(private readonly file: LmdbFile) {}

  public async forward(after: string, limit: number): Promise<readonly AuditRow[]> {
    this.file.refresh();
    const at = parseEntryId(after) ?? { seq: 0, index: -1 };
    const rows: AuditRow[] = [];
    for (const row of this.file.rows(['audit'], { from: at.seq })) {
      if (row.key[1] === at.seq && Number(row.key[2]) <= at.index) continue;
      rows.push(this.toRow(row));
      if (rows.length >= limit) break;
    }
    return rows;
  }

  public async backward(before: string | undefined, limit: number): Promise<readonly AuditRow[]> {
    this.file.refresh();
    const at = before === undefined ? undefined : parseEntryId(before);
    const rows: AuditRow[] = [];
    for (const row of this.file.rowsBackward(['audit'], at && [at.seq, at.index])) {
      if (rows.length >= limit) break;
      rows.push(this.toRow(row));
    }
    return rows;
  }

  public async get(id: string): Promise<AuditRow | undefined> {
    this.file.refresh();
    const at = parseEntryId(id);
    const value = at && this.file.get(['audit', at.seq, at.index]);
    return at && value !== undefined ? this.toRow({ key: ['audit', at.seq, at.index], value }) : undefined;
  }

  public async head(): Promise<AuditHead> {
    this.file.refresh();
    return this.readHead();
  }

  public async seal(
    fence: Fence,
    from: AuditHead,
    seals: readonly { readonly id: string; readonly seal: string }[],
    to: AuditHead,
  ): Promise<boolean> {
    return this.file.write(() => {
      refuseStale(fence, leaseToken(this.file, fence.lease));
      if (this.readHead().seal !== from.seal) return false;
      for (const { id, seal } of seals) {
        const at = parseEntryId(id);
        if (at) this.file.put(['seal', at.seq, at.index], seal);
      }
      this.file.put(['auditHead'], JSON.stringify(to));
      return true;
    });
  }

  private readHead(): AuditHead {
    const text = this.file.get(['auditHead']);
    return text === undefined ? emptyHead : (JSON.parse(text) as AuditHead);
  }

  private toRow({ key, value }: LmdbRow): AuditRow {
    return { id: idOf(key), text: value, seal: this.file.get(['seal', ...key.slice(1)]) };
  }
}
