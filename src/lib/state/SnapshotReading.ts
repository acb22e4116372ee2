/** Checks a snapshot's lines one by one, and says for people what is wrong with one that is not whole. */
import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';
import { BadSnapshot } from './errors.js';
import { SnapshotFold } from './SnapshotFold.js';
import { snapshotParts } from './snapshotParts.js';
import type { Snapshot, SnapshotPart } from './Store.js';

const end = z.object({ count: z.number(), sha256: z.string() });

const parts: ReadonlyMap<string, z.ZodType<object>> = new Map(Object.entries(snapshotParts));

export class SnapshotReading {
  private readonly hash: Hash = createHash('sha256');
  private readonly fold = new SnapshotFold();
  private count = 0;
  private hasStand = false;
  private isWhole = false;
  private sha256 = '';

  public constructor(private readonly path: string) {}

  public take(line: string): void {
    if (this.isWhole) throw this.bad('has something after its end');
    const { part, ...value } = this.parse(line);
    if (this.count === 0) this.checkVersion(part, value);
    if (part === 'end') return this.checkEnd(this.check(end, value));
    const schema = typeof part === 'string' ? parts.get(part) : undefined;
    if (schema === undefined || (part === 'head' && this.count > 0))
      throw this.bad(`has an unknown part on line ${this.count + 1}`);
    this.keep({ part, ...this.check(schema, value) } as SnapshotPart);
    this.hash.update(`${line}\n`);
    this.count += 1;
  }

  public finish(): { readonly snapshot: Snapshot; readonly sha256: string } {
    if (!this.hasStand || !this.isWhole) throw this.bad('is cut off');
    return { snapshot: this.fold.finish(), sha256: this.sha256 };
  }

  private keep(part: SnapshotPart): void {
    this.fold.take(part);
    if (part.part === 'stand') this.hasStand = true;
    if (part.part !== 'head') return;
    const { head, auditHead } = part as Partial<Pick<Snapshot, 'head' | 'auditHead'>>;
    if (head !== undefined && auditHead !== undefined) this.keep({ part: 'stand', head, auditHead });
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
    if (value['version'] !== 1 && value['version'] !== 2)
      throw new BadSnapshot(`The snapshot ${this.path} was written by a newer version of this program.`, {
        next: 'Update this program, then restore it.',
        context: { version: value['version'] },
      });
  }

  private checkEnd({ count, sha256 }: z.infer<typeof end>): void {
    this.sha256 = this.hash.digest('hex');
    if (count !== this.count || sha256 !== this.sha256)
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
