/**
 * Snapshots as files: gzip over one JSON object a line, first the head, last a line with the count and the SHA-256 of all
 * lines before it. Read and written line by line, so that a large file needs no more memory than the state itself.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { newId } from '../core/ids.js';
import { breather } from './breather.js';
import { SnapshotNotWritten } from './errors.js';
import { SnapshotReading } from './SnapshotReading.js';
import type { Snapshot } from './Store.js';

export interface WrittenFile {
  /** SHA-256 (hex) over its lines: what its last line says. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Opens what the file's bytes go to; a test may give one that is full. */
export type OpenFile = (path: string) => Writable;

/**
 * Written beside `path` first and then put in its place: a file of that name is always whole, and on the disk.
 *
 * @throws {SnapshotNotWritten} where the disk is full or refuses; nothing of it is left then.
 */
export async function writeSnapshotFile(
  path: string,
  snapshot: Snapshot,
  open: OpenFile = (file) => createWriteStream(file, { flush: true, mode: 0o600 }),
): Promise<WrittenFile> {
  const beside = `${path}.${newId(8)}.tmp`;
  const lines = new Lines();
  try {
    await pipeline(Readable.from(lines.of(snapshot), { objectMode: false }), createGzip(), open(beside));
    const { size: bytes } = await stat(beside);
    await rename(beside, path);
    return { sha256: lines.sha256, bytes };
  } catch (error) {
    throw notWritten(path, error);
  } finally {
    await rm(beside, { force: true });
  }
}

function notWritten(path: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return cause;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return new SnapshotNotWritten(
    `The snapshot ${path} was not written: ${isFull ? 'the disk is full' : `the disk refuses (${code})`}.`,
    {
      next: isFull
        ? 'Make room on the disk, or name another folder, and take it again.'
        : 'Check that the folder exists and that the bot may write there.',
      cause,
    },
  );
}

/** About so many characters are handed on at a time: a chunk a line would take longer than the compression. */
const chunkLength = 32 * 1024;

class Lines {
  public sha256 = '';
  private readonly hash = createHash('sha256');
  private count = 0;

  public *of(snapshot: Snapshot): Generator<string> {
    let chunk = '';
    for (const line of this.each(snapshot)) {
      chunk += line;
      if (chunk.length < chunkLength) continue;
      yield chunk;
      chunk = '';
    }
    this.sha256 = this.hash.digest('hex');
    yield `${chunk}${JSON.stringify({ part: 'end', count: this.count, sha256: this.sha256 })}\n`;
  }

  private *each(snapshot: Snapshot): Generator<string> {
    const { format, version, takenAt, head, auditHead } = snapshot;
    yield this.line('head', { format, version, takenAt, head, auditHead });
    for (const document of snapshot.documents) yield this.line('document', document);
    for (const document of snapshot.damaged) yield this.line('damaged', document);
    for (const entry of snapshot.audit) yield this.line('audit', entry);
    for (const entry of snapshot.outbox) yield this.line('outbox', entry);
    for (const counter of snapshot.counters) yield this.line('counter', counter);
    for (const series of snapshot.ledger) yield this.line('series', series);
    for (const baseline of snapshot.baselines) yield this.line('baseline', baseline);
  }

  private line(part: string, value: object): string {
    const text = `${JSON.stringify({ part, ...value })}\n`;
    this.hash.update(text);
    this.count += 1;
    return text;
  }
}

/** @throws {BadSnapshot} where the file is damaged, cut off, none of ours, or written by a newer version. */
export async function readSnapshotFile(path: string): Promise<Snapshot> {
  return (await openSnapshotFile(path)).snapshot;
}

/** The same, with the SHA-256 (hex) over its lines. */
export async function openSnapshotFile(
  path: string,
): Promise<{ readonly snapshot: Snapshot; readonly sha256: string }> {
  const reading = new SnapshotReading(path);
  const input = createReadStream(path);
  const text = input.pipe(createGunzip());
  const pause = breather();
  // A pipe carries no errors: a file that cannot be read must end the reading too.
  input.on('error', (error) => text.destroy(error));
  try {
    for await (const line of createInterface({ input: text, crlfDelay: Infinity })) {
      reading.take(line);
      await pause();
    }
  } catch (error) {
    throw reading.explain(error);
  } finally {
    input.destroy();
  }
  return reading.finish();
}
