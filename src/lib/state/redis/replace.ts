/** A restore into Redis: staged beside the old state in many small steps, then put in its place in one. */
import { emptyHead } from '../audit/chain.js';
import type { ReceiptRecord, Replacement } from '../Engine.js';
import { parseEntryId } from '../entryId.js';
import { Moved } from '../errors.js';
import { rememberedMs } from '../records.js';
import { namespaces } from '../Store.js';
import type { RedisKeys } from './keys.js';
import { script, type RedisCalls } from './RedisCalls.js';
import { receipt } from './RedisCommits.js';
import { list, text } from './replies.js';

const replace = script('replace');

/** Staged rows a command. */
const page = 500;
/** What was staged by a process that died goes away by itself, ms. */
const stagedMs = 60 * 60 * 1000;
/** The last step moves everything, and Redis does nothing else meanwhile: about 3 µs a document; with much to spare. */
const swapBaseMs = 10_000;
const swapPerDocumentMs = 0.2;

export async function replaceAll(
  calls: RedisCalls,
  keys: RedisKeys,
  replacement: Replacement,
): Promise<{ receipt: ReceiptRecord; replayed: boolean }> {
  const { documents, trail, op, base, audit, outbox } = replacement;
  const staged = await stage(calls, keys, replacement);
  const { count, id, seal } = trail?.auditHead ?? emptyHead;
  const reply = await calls.run(
    'write',
    replace,
    [
      ...[keys.head, keys.feed, keys.audit, keys.seals, keys.auditHead, keys.outbox, keys.line, keys.parked],
      ...[keys.settled, keys.op(op), ...staged],
    ],
    [
      ...[keys.documents, replacement.seq, replacement.id, replacement.lineage, count, id, seal],
      ...[keys.channel, JSON.stringify(op), rememberedMs, trail === undefined ? 0 : 1],
      ...[namespaces.length, audit.length, base?.id ?? '', ...namespaces, ...audit, ...outbox],
    ],
    swapBaseMs + documents.length * swapPerDocumentMs,
  );
  const [is, line] = list(reply);
  if (text(is) === 'moved') throw new Moved();
  return { receipt: receipt(text(line)), replayed: text(is) === 'replayed' };
}

/** Beside the old state, in small steps; answers the staged keys in the script's order. */
async function stage(
  calls: RedisCalls,
  keys: RedisKeys,
  { lineage, documents, trail }: Replacement,
): Promise<readonly string[]> {
  const names = (['documents', 'audit', 'seals', 'outbox', 'line'] as const).map((part) =>
    keys.staged(lineage, part),
  );
  const [rows, audit, seals, outbox, line] = names as [string, string, string, string, string];
  await hash(
    calls,
    rows,
    documents.map(({ ns, key, raw }) => [`${ns}:${key}`, raw]),
  );
  if (trail === undefined) return names;
  await stream(
    calls,
    audit,
    trail.audit.map(({ id, text: entry }) => [id, 'e', entry]),
  );
  await stream(
    calls,
    seals,
    trail.audit.flatMap(({ id, seal }) => (seal === undefined ? [] : [[id, 's', seal]])),
  );
  await hash(
    calls,
    outbox,
    trail.outbox.map(({ id, text: entry }) => [id, entry]),
  );
  await queue(
    calls,
    line,
    trail.outbox.map(({ id }) => id),
  );
  return names;
}

async function hash(calls: RedisCalls, key: string, rows: readonly (readonly string[])[]): Promise<void> {
  for (const some of pages(rows)) await calls.command('write', key, ['HSET', key, ...some.flat()]);
  if (rows.length > 0) await expire(calls, key);
}

async function stream(calls: RedisCalls, key: string, rows: readonly (readonly string[])[]): Promise<void> {
  for (const some of pages(rows))
    await Promise.all(some.map((row) => calls.command('write', key, ['XADD', key, ...row])));
  if (rows.length > 0) await expire(calls, key);
}

async function queue(calls: RedisCalls, key: string, ids: readonly string[]): Promise<void> {
  for (const some of pages(ids)) {
    const members = some.flatMap((id) => {
      const at = parseEntryId(id);
      return at ? [(at.seq + at.index / 1024).toFixed(10), id] : [];
    });
    await calls.command('write', key, ['ZADD', key, ...members]);
  }
  if (ids.length > 0) await expire(calls, key);
}

async function expire(calls: RedisCalls, key: string): Promise<void> {
  await calls.command('write', key, ['PEXPIRE', key, String(stagedMs)]);
}

function* pages<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += page) yield rows.slice(at, at + page);
}
