/**
 * Snapshots as files: gzip over one JSON object a line, first the head, last a line with the count and the SHA-256 of all
 * lines before it. Read and written line by line, so that a large file needs no more memory than the state itself.
 */
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
import { partsOf } from './SnapshotFold.js';
import { SnapshotLines } from './SnapshotLines.js';
import type { CommitRef, Snapshot, SnapshotPart } from './Store.js';

export interface WrittenFile {
  readonly path: string;
  /** What it stands at. */
  readonly head: CommitRef;
  readonly documents: number;
  readonly damaged: number;
  /** SHA-256 (hex) over its lines: what its last line says. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Opens what the file's bytes go to; a test may give one that is full. */
export type OpenFile = (path: string) => Writable;

/**
 * Written under another name first and then put in its place: a file of that name is always whole, and on the disk.
 *
 * @param path or how it is named once it is known what it stands at; in the folder that `beside` names
 * @param parts of {@link Store.snapshotParts}, or a whole one
 * @throws {SnapshotNotWritten} where the disk is full or refuses; nothing of it is left then.
 */
export async function writeSnapshotFile(
  path: string | { readonly beside: string; readonly nameOf: (head: CommitRef) => string },
  parts: Snapshot | AsyncIterable<SnapshotPart>,
  open: OpenFile = (file) => createWriteStream(file, { flush: true, mode: 0o600 }),
): Promise<WrittenFile> {
  const first = typeof path === 'string' ? path : path.beside;
  const beside = `${first}.${newId(8)}.tmp`;
  const lines = new SnapshotLines();
  try {
    const text = lines.of('format' in parts ? partsOf(parts) : parts);
    await pipeline(Readable.from(text, { objectMode: false }), createGzip(), open(beside));
    const { size: bytes } = await stat(beside);
    const place = typeof path === 'string' ? path : path.nameOf(lines.head);
    await rename(beside, place);
    const { head, documents, damaged, sha256 } = lines;
    return { path: place, head, documents, damaged, sha256, bytes };
  } catch (error) {
    throw notWritten(first, error);
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
