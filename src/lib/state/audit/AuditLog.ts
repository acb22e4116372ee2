/** The audit trail over a database's rows: reading, sealing, verifying. */
import { count } from '../../core/count.js';
import type { AuditRows, AuditRow } from '../Engine.js';
import { Damaged } from '../errors.js';
import { auditEntry } from '../records.js';
import type { AuditEntry, AuditHead, AuditTrail, AuditVerdict, Fence } from '../Store.js';
import { emptyHead, sealAll, sealOf } from './chain.js';

/** Entries a step: enough to be quick, few enough not to hold anybody up. */
const page = 500;

export class AuditLog implements AuditTrail {
  public constructor(private readonly rows: AuditRows) {}

  public async read(options: {
    readonly limit: number;
    readonly before?: string;
  }): Promise<readonly AuditEntry[]> {
    return (await this.rows.backward(options.before, options.limit)).map(entryOf);
  }

  public async get(id: string): Promise<AuditEntry | undefined> {
    const row = await this.rows.get(id);
    return row && entryOf(row);
  }

  public async head(): Promise<AuditHead> {
    return this.rows.head();
  }

  public async seal(fence: Fence): Promise<AuditHead> {
    for (;;) {
      const head = await this.rows.head();
      const rows = await this.rows.forward(head.id, page);
      if (rows.length === 0) return head;
      const sealed = sealAll(head, rows.map(entryOf));
      // False: this process sealed at the same moment in another call. The next round sees how far it came.
      await this.rows.seal(fence, head, sealed.seals, sealed.head);
    }
  }

  public async verify(): Promise<AuditVerdict> {
    const head = await this.rows.head();
    const walk = new Walk(head);
    let after = '';
    for (;;) {
      const rows = await this.rows.forward(after, page);
      for (const row of rows) {
        const problem = walk.step(row);
        if (problem !== undefined) return { ok: false, entries: walk.entries, problem, id: row.id };
      }
      if (rows.length === 0) return walk.end();
      after = rows.at(-1)?.id ?? after;
    }
  }
}

/** Recomputes the chain row by row. */
class Walk {
  public entries = 0;
  private sealed = emptyHead;

  public constructor(private readonly head: AuditHead) {}

  /** What is wrong with this row, if anything is. */
  public step(row: AuditRow): string | undefined {
    this.entries += 1;
    const entry = readable(row);
    if (entry === undefined) return 'This entry is not readable.';
    // Entries behind the head wait for their seal; that is no fault.
    if (this.sealed.count >= this.head.count) return undefined;
    if (row.seal === undefined)
      return 'This entry was put in later: it stands among sealed ones without a seal.';
    const seal = sealOf(this.sealed.seal, entry);
    if (row.seal !== seal)
      return 'This entry, or one just before it, was changed or removed: its seal does not fit.';
    this.sealed = { count: this.sealed.count + 1, id: row.id, seal };
    return undefined;
  }

  public end(): AuditVerdict {
    const { entries, sealed, head } = this;
    if (sealed.count === head.count && sealed.seal === head.seal)
      return { ok: true, entries, unsealed: entries - sealed.count, head };
    const problem =
      sealed.count < head.count
        ? `${count(head.count - sealed.count, 'entry', 'entries')} at the end of the sealed part ${head.count - sealed.count === 1 ? 'is' : 'are'} gone.`
        : 'The sealed head does not fit the entries.';
    return { ok: false, entries, problem, id: head.id };
  }
}

function entryOf(row: AuditRow): AuditEntry {
  return auditEntry(row.id, row.text, row.seal);
}

function readable(row: AuditRow): AuditEntry | undefined {
  try {
    return entryOf(row);
  } catch (error) {
    if (error instanceof Damaged) return undefined;
    throw error;
  }
}
