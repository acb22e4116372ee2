/** The whole state as of one commit, in a form that either database can take back. */
import { z } from 'zod';
import type { Json } from '../core/Json.js';
import { emptyHead } from './audit/chain.js';
import type { AuditRow, Engine } from './Engine.js';
import { parseEntryId } from './entryId.js';
import { loadAll } from './load.js';
import { auditEntry } from './records.js';
import {
  namespaces,
  type AuditEntry,
  type AuditHead,
  type CounterAddition,
  type DamagedText,
  type LoadedState,
  type Snapshot,
} from './Store.js';

const page = 250;

/**
 * Documents as of one commit; of audit and outbox what that commit and those before it wrote. Parked messages are taken
 * along as waiting ones. Counters, ledger and baselines are added up all the while: they are as of a moment later.
 *
 * @param pause awaited between slices of a few milliseconds' work
 */
export async function takeSnapshot(engine: Engine, pause: () => Promise<void>): Promise<Snapshot> {
  const { state } = await loadAll(engine, pause);
  const { seq } = state.head;
  const documents: Snapshot['documents'][number][] = [];
  for (const ns of namespaces) {
    for (const [key, document] of state.documents[ns]) documents.push({ ns, key, document });
    await pause();
  }
  const audit = await auditUpTo(engine, seq, pause);
  const waiting = [...(await engine.outbox.pending(Infinity)), ...(await engine.outbox.parked())];
  return {
    format: 'rollouts-snapshot',
    version: 2,
    takenAt: await engine.time(),
    head: state.head,
    documents,
    damaged: await damagedTexts(engine, state.damaged),
    audit,
    auditHead: headOf(audit),
    outbox: waiting
      .filter((entry) => entry.seq <= seq)
      .map(({ id, seq, commitId, at, body }) => ({ id, seq, commitId, at, body }))
      .sort(byPosition),
    counters: await allCounters(engine, pause),
    ledger: await allSeries(engine, pause),
    baselines: (await engine.blobs('baselines').all()).map(({ owner, blob }) => ({
      owner,
      blob: Buffer.from(blob).toString('base64'),
    })),
  };
}

async function damagedTexts(engine: Engine, damaged: LoadedState['damaged']): Promise<DamagedText[]> {
  const texts: DamagedText[] = [];
  for (const { ns, key, problem } of damaged)
    texts.push({ ns, key, problem, raw: (await engine.raw(ns, key)) ?? '' });
  return texts;
}

async function auditUpTo(engine: Engine, seq: number, pause: () => Promise<void>): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (;;) {
    const rows: readonly AuditRow[] = await engine.audit.forward(entries.at(-1)?.id ?? '', page);
    const wanted = rows
      .map((row) => auditEntry(row.id, row.text, row.seal))
      .filter((entry) => entry.seq <= seq);
    entries.push(...wanted);
    if (wanted.length < page) return entries;
    await pause();
  }
}

/** Sealing may go on while the snapshot is taken: its head is the last seal that it holds itself. */
function headOf(audit: readonly AuditEntry[]): AuditHead {
  const firstOpen = audit.findIndex(({ seal }) => seal === undefined);
  const count = firstOpen === -1 ? audit.length : firstOpen;
  const last = audit[count - 1];
  return last?.seal === undefined ? emptyHead : { count, id: last.id, seal: last.seal };
}

async function allCounters(engine: Engine, pause: () => Promise<void>): Promise<CounterAddition[]> {
  const counters: CounterAddition[] = [];
  for (const bucket of await engine.counters.buckets('')) {
    for (const [field, by] of await engine.counters.read(bucket)) counters.push({ bucket, field, by });
    await pause();
  }
  return counters;
}

/** Every name of a series sorts before this. */
const behindAllSeries = '\u{10ffff}';

async function allSeries(engine: Engine, pause: () => Promise<void>): Promise<Snapshot['ledger']> {
  const all: Snapshot['ledger'][number][] = [];
  for (const series of await engine.ledger.series('', behindAllSeries)) {
    const rows = (await engine.ledger.read(series)).map((row) => Buffer.from(row).toString('base64'));
    if (rows.length > 0) all.push({ series, rows });
    await pause();
  }
  return all;
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
    version: z.union([z.literal(1), z.literal(2)]).transform(() => 2 as const),
    takenAt: z.number(),
    head: ref,
    auditHead: z.object({ count: z.int().nonnegative(), id: z.string(), seal: z.string() }),
  }),
  document: z.object({
    ns: z.enum(namespaces),
    key: z.string().min(1),
    document: z.looseObject({ v: version, schema: version }),
  }),
  damaged: z.object({ ns: z.enum(namespaces), key: z.string(), problem: z.string(), raw: z.string() }),
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
  series: z.object({ series: z.string(), rows: z.array(z.base64()) }),
  baseline: z.object({ owner: z.string(), blob: z.base64() }),
};
