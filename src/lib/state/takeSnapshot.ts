/** Reads the whole state as of one commit, piece by piece, without holding the store or this process up. */
import { emptyHead } from './audit/chain.js';
import type { ReadDocument } from './documentKeyv.js';
import type { AuditRow, Engine, EngineHead } from './Engine.js';
import { parseEntryId } from './entryId.js';
import { open, Unreadable } from './envelope.js';
import { Unavailable } from './errors.js';
import { continues, feedPage, missing } from './load.js';
import { auditEntry } from './records.js';
import { namespaces, type AuditHead, type Namespace, type SnapshotPart } from './Store.js';

type Pause = () => Promise<void>;
type Parts = AsyncGenerator<SnapshotPart>;

/** Rows a slice. */
const page = 100;
/** A restore or a trimmed feed in mid-reading makes it begin anew; so often in a row means that something is wrong. */
const attempts = 5;
/** Every name of a series sorts before this. */
const behindAllSeries = '\u{10ffff}';

/**
 * Documents as of one commit; of audit and outbox what that commit and those before it wrote. Parked messages are taken
 * along as waiting ones. Counters, ledger and baselines are added up all the while: they are as of a moment later.
 *
 * @param pause awaited between slices of a few milliseconds' work
 * @throws {Unavailable}
 */
export async function* takeSnapshot(engine: Engine, pause: Pause): Parts {
  yield { part: 'head', format: 'rollouts-snapshot', version: 2, takenAt: await engine.time() };
  const { seq, id } = yield* documents(engine, pause);
  const auditHead = yield* auditUpTo(engine, seq, pause);
  yield* outboxUpTo(engine, seq);
  yield* counters(engine, pause);
  yield* ledger(engine, pause);
  for (const { owner, blob } of await engine.blobs('baselines').all())
    yield { part: 'baseline', owner, blob: Buffer.from(blob).toString('base64') };
  yield { part: 'stand', head: { seq, id }, auditHead };
}

/** In bulk first, then what changed meanwhile; answers the commit at which they stand. */
async function* documents(engine: Engine, pause: Pause): AsyncGenerator<SnapshotPart, EngineHead> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) yield { part: 'again' };
    const before = await engine.head();
    for (const ns of namespaces) yield* namespace(engine, ns, pause);
    const head = yield* catchUp(engine, before);
    if (head !== undefined) return head;
  }
  throw new Unavailable('The store kept being replaced while it was read.', 'none');
}

async function* namespace(engine: Engine, ns: Namespace, pause: Pause): Parts {
  for await (const keys of engine.keys(ns, page)) {
    const read = await engine.read(ns, keys);
    for (const [index, key] of keys.entries())
      yield await partOf(engine, ns, key, read[index] ?? new Unreadable(missing));
    await pause();
  }
}

/** Undefined where the history broke off meanwhile. */
async function* catchUp(
  engine: Engine,
  from: EngineHead,
): AsyncGenerator<SnapshotPart, EngineHead | undefined> {
  let at = { seq: from.seq, id: from.id };
  for (;;) {
    const changes = await engine.changes(at.seq, feedPage);
    if (changes.head.lineage !== from.lineage || !continues(at, changes)) return undefined;
    for (const { ns, key, raw } of changes.documents)
      yield await partOf(engine, ns, key, raw === null ? undefined : open(raw));
    at = changes.entries.at(-1) ?? at;
    if (at.seq === changes.head.seq) return changes.head;
  }
}

async function partOf(
  engine: Engine,
  ns: Namespace,
  key: string,
  document: ReadDocument,
): Promise<SnapshotPart> {
  if (document === undefined) return { part: 'absent', ns, key };
  if (!(document instanceof Unreadable)) return { part: 'document', ns, key, document };
  const { problem } = document;
  return { part: 'damaged', ns, key, problem, raw: (await engine.raw(ns, key)) ?? '' };
}

/** Sealing may go on meanwhile: the head that is answered is the last seal that was read here. */
async function* auditUpTo(
  engine: Engine,
  seq: number,
  pause: Pause,
): AsyncGenerator<SnapshotPart, AuditHead> {
  let head = emptyHead;
  let isSealed = true;
  let after = '';
  for (;;) {
    const rows: readonly AuditRow[] = await engine.audit.forward(after, page);
    for (const row of rows) {
      const entry = auditEntry(row.id, row.text, row.seal);
      if (entry.seq > seq) return head;
      isSealed &&= row.seal !== undefined;
      if (isSealed) head = { count: head.count + 1, id: row.id, seal: row.seal ?? '' };
      yield { part: 'audit', ...entry };
    }
    if (rows.length === 0) return head;
    after = rows.at(-1)?.id ?? after;
    await pause();
  }
}

async function* outboxUpTo(engine: Engine, seq: number): Parts {
  const waiting = [...(await engine.outbox.pending(Infinity)), ...(await engine.outbox.parked())];
  const wanted = waiting.filter((entry) => entry.seq <= seq).sort(byPosition);
  for (const { id, seq: at, commitId, at: time, body } of wanted)
    yield { part: 'outbox', id, seq: at, commitId, at: time, body };
}

async function* counters(engine: Engine, pause: Pause): Parts {
  for (const bucket of await engine.counters.buckets('')) {
    for (const [field, by] of await engine.counters.read(bucket))
      yield { part: 'counter', bucket, field, by };
    await pause();
  }
}

async function* ledger(engine: Engine, pause: Pause): Parts {
  for (const series of await engine.ledger.series('', behindAllSeries)) {
    const rows = (await engine.ledger.read(series)).map((row) => Buffer.from(row).toString('base64'));
    if (rows.length > 0) yield { part: 'series', series, rows };
    await pause();
  }
}

function byPosition(a: { id: string }, b: { id: string }): number {
  const [x, y] = [parseEntryId(a.id), parseEntryId(b.id)];
  return (x?.seq ?? 0) - (y?.seq ?? 0) || (x?.index ?? 0) - (y?.index ?? 0);
}
