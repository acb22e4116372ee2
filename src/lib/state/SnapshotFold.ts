/** Makes a whole snapshot of its parts, and parts of a whole one. */
import type { Snapshot, SnapshotPart } from './Store.js';

type Document = Snapshot['documents'][number];
type Damaged = Snapshot['damaged'][number];

export class SnapshotFold {
  private readonly documents = new Map<string, Document>();
  private readonly damaged = new Map<string, Damaged>();
  private readonly audit: Snapshot['audit'][number][] = [];
  private readonly outbox: Snapshot['outbox'][number][] = [];
  private readonly counters: Snapshot['counters'][number][] = [];
  private readonly ledger: Snapshot['ledger'][number][] = [];
  private readonly baselines: Snapshot['baselines'][number][] = [];
  private takenAt = 0;
  private stand: Pick<Snapshot, 'head' | 'auditHead'> | undefined;

  public take({ part, ...value }: SnapshotPart): void {
    switch (part) {
      case 'head':
        this.takenAt = (value as Pick<Snapshot, 'takenAt'>).takenAt;
        return;
      case 'document':
      case 'damaged':
      case 'absent':
        this.place(part, value as Document & Damaged);
        return;
      case 'again':
        this.documents.clear();
        this.damaged.clear();
        return;
      case 'audit':
        this.audit.push(value as Snapshot['audit'][number]);
        return;
      case 'outbox':
        this.outbox.push(value as Snapshot['outbox'][number]);
        return;
      case 'counter':
        this.counters.push(value as Snapshot['counters'][number]);
        return;
      case 'series':
        this.ledger.push(value as Snapshot['ledger'][number]);
        return;
      case 'baseline':
        this.baselines.push(value as Snapshot['baselines'][number]);
        return;
      case 'stand':
        this.stand = value as Pick<Snapshot, 'head' | 'auditHead'>;
    }
  }

  /** @throws {TypeError} where it is not known what it stands at: it was not taken to its end */
  public finish(): Snapshot {
    if (this.stand === undefined) throw new TypeError('The snapshot was not taken to its end.');
    const { audit, outbox, counters, ledger, baselines, takenAt } = this;
    return {
      ...{ format: 'rollouts-snapshot', version: 2, takenAt, ...this.stand },
      ...{ documents: [...this.documents.values()], damaged: [...this.damaged.values()] },
      ...{ audit, outbox, counters, ledger, baselines },
    };
  }

  private place(part: 'document' | 'damaged' | 'absent', value: Document & Damaged): void {
    const name = `${value.ns}:${value.key}`;
    if (part !== 'document') this.documents.delete(name);
    if (part !== 'damaged') this.damaged.delete(name);
    if (part === 'document') this.documents.set(name, value);
    if (part === 'damaged') this.damaged.set(name, value);
  }
}

export function* partsOf(snapshot: Snapshot): Generator<SnapshotPart> {
  const { format, version, takenAt, head, auditHead } = snapshot;
  yield { part: 'head', format, version, takenAt };
  for (const document of snapshot.documents) yield { part: 'document', ...document };
  for (const document of snapshot.damaged) yield { part: 'damaged', ...document };
  for (const entry of snapshot.audit) yield { part: 'audit', ...entry };
  for (const entry of snapshot.outbox) yield { part: 'outbox', ...entry };
  for (const counter of snapshot.counters) yield { part: 'counter', ...counter };
  for (const series of snapshot.ledger) yield { part: 'series', ...series };
  for (const baseline of snapshot.baselines) yield { part: 'baseline', ...baseline };
  yield { part: 'stand', head, auditHead };
}
