/** Takes a snapshot back: documents in one step, then what was measured. What was said and done is never turned back. */
import { newId, type RandomBytes } from '../core/ids.js';
import { breather } from './breather.js';
import type { AuditRow, Engine, Replacement } from './Engine.js';
import { parseEntryId } from './entryId.js';
import { open, Unreadable } from './envelope.js';
import { BadSnapshot } from './errors.js';
import { bodyJson } from './prepare.js';
import { auditEntry, auditText, outboxText } from './records.js';
import { namespaces, type RestoreOrder, type RestoreReceipt, type Snapshot } from './Store.js';

/** Additions or rows a step. */
const atOnce = 500;

/** @throws {BadSnapshot} where it is not whole: nothing has been written then. */
export async function restoreSnapshot(
  engine: Engine,
  snapshot: Snapshot,
  order: RestoreOrder,
  random?: RandomBytes,
): Promise<RestoreReceipt> {
  const documents = await documentsOf(snapshot, breather());
  const takes = !(await goesFurther(engine, snapshot));
  const { receipt, replayed } = await engine.replace({
    lineage: newId(20, random),
    id: newId(20, random),
    seq: snapshot.head.seq,
    documents,
    trail: takes ? trailOf(snapshot) : undefined,
    op: order.op ?? newId(20, random),
    base: order.base,
    audit: (order.audit ?? []).map(bodyJson),
    outbox: (order.outbox ?? []).map(bodyJson),
  });
  if (!replayed) {
    await restoreCounters(engine, snapshot, random);
    await restoreLedger(engine, snapshot, random);
    await restoreBaselines(engine, snapshot);
  }
  return { ...receipt, replayed, trail: takes ? 'taken' : 'kept' };
}

async function documentsOf(
  snapshot: Snapshot,
  pause: () => Promise<void>,
): Promise<Replacement['documents']> {
  const documents: Replacement['documents'][number][] = [];
  for (const { ns, key, document } of snapshot.documents) {
    const raw = JSON.stringify({ value: document });
    if (!namespaces.includes(ns) || open(raw) instanceof Unreadable)
      throw new BadSnapshot(`The snapshot's document "${key}" (${ns}) is not whole; nothing was changed.`, {
        next: 'Use another snapshot.',
      });
    documents.push({ ns, key, raw });
    await pause();
  }
  return documents;
}

/**
 * Whether the store's own trail holds all that the snapshot's does, or went another way since they were one. Where the two
 * never had an entry in common, the snapshot comes from another state, and brings its own.
 */
async function goesFurther(engine: Engine, { audit }: Snapshot): Promise<boolean> {
  const [first] = await engine.audit.forward('', 1);
  const [last] = await engine.audit.backward(undefined, 1);
  if (first === undefined || last === undefined) return false;
  const [theirs] = audit;
  if (theirs === undefined) return true;
  if (!isSame(first, theirs)) return false;
  const isPart = audit.at(-1)?.id !== last.id && audit.some((entry) => isSame(last, entry));
  return !isPart;
}

function isSame(row: AuditRow, entry: { readonly id: string; readonly commitId: string }): boolean {
  return row.id === entry.id && auditEntry(row.id, row.text, row.seal).commitId === entry.commitId;
}

function trailOf({ audit, auditHead, outbox }: Snapshot): Replacement['trail'] {
  return {
    audit: audit.map((entry) => ({ id: entry.id, text: auditText(entry), seal: entry.seal })),
    auditHead,
    outbox: outbox
      .filter(({ id }) => parseEntryId(id) !== undefined)
      .map((entry) => ({ id: entry.id, text: outboxText(entry) })),
  };
}

async function restoreCounters(engine: Engine, { counters }: Snapshot, random?: RandomBytes): Promise<void> {
  await engine.counters.drop(await engine.counters.buckets(''));
  for (let at = 0; at < counters.length; at += atOnce)
    await engine.counters.add(`restore ${newId(20, random)}`, counters.slice(at, at + atOnce));
}

async function restoreLedger(engine: Engine, { ledger }: Snapshot, random?: RandomBytes): Promise<void> {
  const present = await engine.ledger.series('', '\u{10ffff}');
  for (let at = 0; at < present.length; at += atOnce)
    await engine.ledger.drop(present.slice(at, at + atOnce));
  const rows = ledger.flatMap(({ series, rows: packed }) =>
    packed.map((row) => ({ series, row: Buffer.from(row, 'base64') })),
  );
  for (let at = 0; at < rows.length; at += atOnce)
    await engine.ledger.append(`restore ${newId(20, random)}`, rows.slice(at, at + atOnce));
}

async function restoreBaselines(engine: Engine, { baselines }: Snapshot): Promise<void> {
  const blobs = engine.blobs('baselines');
  const wanted = new Set(baselines.map(({ owner }) => owner));
  for (const { owner } of await blobs.all()) if (!wanted.has(owner)) await blobs.remove(owner);
  for (const { owner, blob } of baselines) await blobs.put(owner, Buffer.from(blob, 'base64'));
}
