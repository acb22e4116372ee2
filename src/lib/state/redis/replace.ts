/** A restore into Redis: staged beside the old state in many small steps, then put in its place in one. */
import type { Replacement } from '../Engine.js';
import { parseEntryId } from '../entryId.js';
import { namespaces } from '../Store.js';
import type { RedisKeys } from './keys.js';
import { script, type RedisCalls } from './RedisCalls.js';

const replace = script('replace');

/** Staged rows a command. */
const page = 500;
/** What was staged by a process that died goes away by itself, ms. */
const stagedMs = 60 * 60 * 1000;
/** The last step moves everything, and Redis does nothing else meanwhile: about 3 µs a document. */
const swapDeadlineMs = 60_000;

export async function replaceAll(
  calls: RedisCalls,
  keys: RedisKeys,
  replacement: Replacement,
): Promise<void> {
  const staged = (part: string): string => keys.staged(replacement.lineage, part);
  const [documents, audit, seals, outbox, line] = ['documents', 'audit', 'seals', 'outbox', 'line'].map(
    staged,
  ) as [string, string, string, string, string];
  await hash(
    calls,
    documents,
    replacement.documents.map(({ ns, key, raw }) => [`${ns}:${key}`, raw]),
  );
  await stream(
    calls,
    audit,
    replacement.audit.map(({ id, text }) => [id, 'e', text]),
  );
  await stream(
    calls,
    seals,
    replacement.audit.flatMap(({ id, seal }) => (seal === undefined ? [] : [[id, 's', seal]])),
  );
  await hash(
    calls,
    outbox,
    replacement.outbox.map(({ id, text }) => [id, text]),
  );
  await queue(
    calls,
    line,
    replacement.outbox.map(({ id }) => id),
  );
  const { count, id, seal } = replacement.auditHead;
  await calls.run(
    'write',
    replace,
    [
      ...[keys.head, keys.feed, keys.audit, keys.seals, keys.auditHead, keys.outbox, keys.line, keys.parked],
      ...[keys.settled, documents, audit, seals, outbox, line],
    ],
    [
      ...[
        keys.documents,
        replacement.seq,
        replacement.id,
        replacement.lineage,
        count,
        id,
        seal,
        keys.channel,
      ],
      ...namespaces,
    ],
    swapDeadlineMs,
  );
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
