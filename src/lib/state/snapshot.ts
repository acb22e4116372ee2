/** The whole state as of one commit, in a form that either database can take back. */
import { z } from 'zod';
import { newId, type RandomBytes } from '../core/ids.js';
import type { Json } from '../core/Json.js';
import { emptyHead } from './audit/chain.js';
import type { AuditRow, Engine, Replacement } from './Engine.js';
import { parseEntryId } from './entryId.js';
import { open, Unreadable } from './envelope.js';
import { BadSnapshot, Damaged } from './errors.js';
import { loadAll } from './load.js';
import { auditEntry, auditText, outboxText } from './records.js';
import { namespaces, type AuditEntry, type AuditHead, type CounterAddition, type Snapshot } from './Store.js';

const page = 500;

/**
 * Documents as of one commit; of audit and outbox what that commit and those before it wrote. Parked messages are taken
 * along as waiting ones.
 *
 * @throws {Damaged} where a document is damaged: a backup that silently lacks one would be none.
 */
export async function takeSnapshot(engine: Engine): Promise<Snapshot> {
  const { state } = await loadAll(engine);
  const [broken] = state.damaged;
  if (broken !== undefined)
    throw new Damaged(
      `"${broken.key}" (${broken.ns}) is damaged, so a snapshot would not be whole. ${broken.problem}`,
      {
        next: 'Repair or delete it in the store, then take the snapshot.',
        context: { damaged: state.damaged },
      },
    );
  const { seq } = state.head;
  const audit = await auditUpTo(engine, seq);
  const waiting = [...(await engine.outbox.pending(Infinity)), ...(await engine.outbox.parked())];
  return {
    format: 'rollouts-snapshot',
    version: 1,
    takenAt: await engine.time(),
    head: state.head,
    documents: namespaces.flatMap((ns) =>
      [...state.documents[ns]].map(([key, document]) => ({ ns, key, document })),
    ),
    audit,
    auditHead: headOf(audit),
    outbox: waiting
      .filter((entry) => entry.seq <= seq)
      .map(({ id, seq, commitId, at, body }) => ({ id, seq, commitId, at, body }))
      .sort(byPosition),
    counters: await allCounters(engine),
  };
}

async function auditUpTo(engine: Engine, seq: number): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (;;) {
    const rows: readonly AuditRow[] = await engine.audit.forward(entries.at(-1)?.id ?? '', page);
    const wanted = rows
      .map((row) => auditEntry(row.id, row.text, row.seal))
      .filter((entry) => entry.seq <= seq);
    entries.push(...wanted);
    if (wanted.length < page) return entries;
  }
}

/** Sealing may go on while the snapshot is taken: its head is the last seal that it holds itself. */
function headOf(audit: readonly AuditEntry[]): AuditHead {
  const firstOpen = audit.findIndex(({ seal }) => seal === undefined);
  const count = firstOpen === -1 ? audit.length : firstOpen;
  const last = audit[count - 1];
  return last?.seal === undefined ? emptyHead : { count, id: last.id, seal: last.seal };
}

async function allCounters(engine: Engine): Promise<CounterAddition[]> {
  const counters: CounterAddition[] = [];
  for (const bucket of await engine.counters.buckets(''))
    for (const [field, by] of await engine.counters.read(bucket)) counters.push({ bucket, field, by });
  return counters;
}

function byPosition(a: { id: string }, b: { id: string }): number {
  const [x, y] = [parseEntryId(a.id), parseEntryId(b.id)];
  return (x?.seq ?? 0) - (y?.seq ?? 0) || (x?.index ?? 0) - (y?.index ?? 0);
}

const version = z.int().positive();
const entryId = z.string().regex(/^\d{1,15}-\d{1,4}$/);
const json = z.json() as z.ZodType<Json>;
const ref = z.object({ seq: z.int().nonnegative(), id: z.string() });

/** One part of a snapshot each, so that a file can be checked line by line. */
export const snapshotParts = {
  head: z.object({
    format: z.literal('rollouts-snapshot'),
    version: z.literal(1),
    takenAt: z.number(),
    head: ref,
    auditHead: z.object({ count: z.int().nonnegative(), id: z.string(), seal: z.string() }),
  }),
  document: z.object({
    ns: z.enum(namespaces),
    key: z.string().min(1),
    document: z.looseObject({ v: version, schema: version }),
  }),
  audit: z.object({
    id: entryId,
    seq: version,
    commitId: z.string(),
    op: z.string(),
    at: z.number(),
    body: json,
    seal: z.string().optional(),
  }),
  outbox: z.object({ id: entryId, seq: version, commitId: z.string(), at: z.number(), body: json }),
  counter: z.object({ bucket: z.string(), field: z.string(), by: z.number() }),
};

/** @throws {BadSnapshot} where it is not whole: nothing has been written then. */
export function replacementOf(snapshot: Snapshot, random?: RandomBytes): Replacement {
  const documents = snapshot.documents.map(({ ns, key, document }) => {
    const raw = JSON.stringify({ value: document });
    if (!namespaces.includes(ns) || open(raw) instanceof Unreadable)
      throw new BadSnapshot(`The snapshot's document "${key}" (${ns}) is not whole; nothing was changed.`, {
        next: 'Use another snapshot.',
      });
    return { ns, key, raw };
  });
  return {
    lineage: newId(20, random),
    id: newId(20, random),
    seq: snapshot.head.seq,
    documents,
    audit: snapshot.audit.map((entry) => ({ id: entry.id, text: auditText(entry), seal: entry.seal })),
    auditHead: snapshot.auditHead,
    outbox: snapshot.outbox.map((entry) => ({ id: entry.id, text: outboxText(entry) })),
  };
}
