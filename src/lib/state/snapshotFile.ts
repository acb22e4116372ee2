/**
 * Snapshots as files: gzip over one JSON object a line, first the head, last a line with the count and the SHA-256 of all
 * lines before it. Read and written line by line, so that a large file needs no more memory than the state itself.
 */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { newId } from '../core/ids.js';
import { BadSnapshot } from './errors.js';
import { snapshotParts } from './snapshot.js';
import type { Snapshot } from './Store.js';

/** Written beside `path` first and then put in its place: a file of that name is always whole. */
export async function writeSnapshotFile(path: string, snapshot: Snapshot): Promise<void> {
  const beside = `${path}.${newId(8)}.tmp`;
  try {
    await pipeline(
      Readable.from(lines(snapshot)),
      createGzip(),
      createWriteStream(beside, { flush: true, mode: 0o600 }),
    );
    await rename(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
}

function* lines(snapshot: Snapshot): Generator<string> {
  const hash = createHash('sha256');
  let count = 0;
  const line = (part: string, value: object): string => {
    const text = `${JSON.stringify({ part, ...value })}\n`;
    hash.update(text);
    count += 1;
    return text;
  };
  const { format, version, takenAt, head, auditHead } = snapshot;
  yield line('head', { format, version, takenAt, head, auditHead });
  for (const document of snapshot.documents) yield line('document', document);
  for (const entry of snapshot.audit) yield line('audit', entry);
  for (const entry of snapshot.outbox) yield line('outbox', entry);
  for (const counter of snapshot.counters) yield line('counter', counter);
  yield `${JSON.stringify({ part: 'end', count, sha256: hash.digest('hex') })}\n`;
}

/** @throws {BadSnapshot} where the file is damaged, cut off, none of ours, or written by a newer version. */
export async function readSnapshotFile(path: string): Promise<Snapshot> {
  const reading = new Reading(path);
  const input = createReadStream(path);
  const text = input.pipe(createGunzip());
  // A pipe carries no errors: a file that cannot be read must end the reading too.
  input.on('error', (error) => text.destroy(error));
  try {
    for await (const line of createInterface({ input: text, crlfDelay: Infinity })) reading.take(line);
  } catch (error) {
    throw reading.explain(error);
  } finally {
    input.destroy();
  }
  return reading.finish();
}

const end = z.object({ count: z.number(), sha256: z.string() });

class Reading {
  private readonly hash: Hash = createHash('sha256');
  private count = 0;
  private head: z.infer<typeof snapshotParts.head> | undefined;
  private isWhole = false;
  private readonly lists = {
    documents: [] as z.infer<typeof snapshotParts.document>[],
    audit: [] as z.infer<typeof snapshotParts.audit>[],
    outbox: [] as z.infer<typeof snapshotParts.outbox>[],
    counters: [] as z.infer<typeof snapshotParts.counter>[],
  };

  public constructor(private readonly path: string) {}

  public take(line: string): void {
    if (this.isWhole) throw this.bad('has something after its end');
    const { part, ...value } = this.parse(line);
    if (this.head === undefined) this.checkVersion(part, value);
    switch (part) {
      case 'head':
        this.head = this.check(snapshotParts.head, value);
        break;
      case 'document':
        this.lists.documents.push(this.check(snapshotParts.document, value));
        break;
      case 'audit':
        this.lists.audit.push(this.check(snapshotParts.audit, value));
        break;
      case 'outbox':
        this.lists.outbox.push(this.check(snapshotParts.outbox, value));
        break;
      case 'counter':
        this.lists.counters.push(this.check(snapshotParts.counter, value));
        break;
      case 'end':
        return this.checkEnd(this.check(end, value));
      default:
        throw this.bad(`has an unknown part on line ${this.count + 1}`);
    }
    this.hash.update(`${line}\n`);
    this.count += 1;
  }

  public finish(): Snapshot {
    if (this.head === undefined || !this.isWhole) throw this.bad('is cut off');
    return { ...this.head, ...this.lists } as Snapshot;
  }

  /** What went wrong while reading, as an error for people. */
  public explain(error: unknown): unknown {
    if (error instanceof BadSnapshot || !(error instanceof Error)) return error;
    const code = 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return this.bad('does not exist', error);
    if (code === 'Z_BUF_ERROR') return this.bad('is cut off', error);
    if (typeof code === 'string' && code.startsWith('Z_'))
      return this.bad('is damaged, or no snapshot', error);
    return this.bad('cannot be read', error);
  }

  private checkVersion(part: unknown, value: Record<string, unknown>): void {
    if (part !== 'head' || value['format'] !== 'rollouts-snapshot') throw this.bad('is no snapshot');
    if (value['version'] !== 1)
      throw new BadSnapshot(`The snapshot ${this.path} was written by a newer version of this program.`, {
        next: 'Update this program, then restore it.',
        context: { version: value['version'] },
      });
  }

  private checkEnd({ count, sha256 }: z.infer<typeof end>): void {
    if (count !== this.count || sha256 !== this.hash.digest('hex'))
      throw this.bad('is damaged: its checksum does not fit');
    this.isWhole = true;
  }

  private parse(line: string): Record<string, unknown> {
    try {
      return z.record(z.string(), z.unknown()).parse(JSON.parse(line));
    } catch (cause) {
      throw this.bad(`is damaged on line ${this.count + 1}`, cause);
    }
  }

  private check<T>(schema: z.ZodType<T>, value: unknown): T {
    const result = schema.safeParse(value);
    if (!result.success) throw this.bad(`is damaged on line ${this.count + 1}`, result.error);
    return result.data;
  }

  private bad(what: string, cause?: unknown): BadSnapshot {
    return new BadSnapshot(`The snapshot ${this.path} ${what}.`, {
      next: 'Use another one; nothing was changed.',
      cause,
    });
  }
}
