/** The folder in which snapshots lie: writing, listing, checking, and removing what is no longer kept. */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BadSnapshot, SnapshotNotWritten } from '../../state/errors.js';
import { openSnapshotFile, writeSnapshotFile, type OpenFile } from '../../state/snapshotFile.js';
import type { CommitRef, Snapshot, SnapshotPart } from '../../state/Store.js';
import { UnknownSnapshot } from '../errors.js';
import { nameOf, readName, type SnapshotName, type SnapshotReason } from './names.js';

export interface SnapshotEntry extends SnapshotName {
  readonly bytes: number;
}

export interface TakenSnapshot extends SnapshotEntry {
  /** SHA-256 (hex) of its content: what a dry run showed, and a second person agrees to. */
  readonly sha256: string;
  readonly documents: number;
}

export type SnapshotCheck =
  | { readonly ok: true; readonly snapshot: Snapshot; readonly sha256: string }
  | { readonly ok: false; readonly problem: string };

/** How many are kept of those that were not taken on schedule: before rollbacks, restores and migrations, and by hand. */
export const keptOthers = 30;
/** What a process left half written when it died, ms of real time. */
const leftOverMs = 60 * 60 * 1000;

export class SnapshotFolder {
  public constructor(
    public readonly path: string,
    /** A test may give a disk that is full. */
    private readonly open?: OpenFile,
  ) {}

  /** @throws {SnapshotNotWritten} */
  public async write(
    parts: Snapshot | AsyncIterable<SnapshotPart>,
    at: number,
    why: SnapshotReason,
  ): Promise<TakenSnapshot> {
    try {
      await mkdir(this.path, { recursive: true });
    } catch (cause) {
      throw new SnapshotNotWritten(`The folder ${this.path} cannot be made.`, {
        next: 'Check the folder that deployments.yaml names, and what the bot may write there.',
        cause,
      });
    }
    const place = {
      beside: join(this.path, 'taking.snapshot.gz'),
      nameOf: ({ seq }: CommitRef) => join(this.path, nameOf(at, seq, why)),
    };
    const { path, head, documents, sha256, bytes } = await writeSnapshotFile(place, parts, this.open);
    return { name: basename(path), at, seq: head.seq, why, bytes, sha256, documents };
  }

  /** Newest first. A folder that does not exist has none. */
  public async list(): Promise<readonly SnapshotEntry[]> {
    const found = await Promise.all(
      (await this.names()).map(async (name) => {
        const read = readName(name);
        const bytes = read && (await sizeOf(join(this.path, name)));
        return read === undefined || bytes === undefined ? [] : [{ ...read, bytes }];
      }),
    );
    return found.flat().sort((a, b) => b.at - a.at || b.seq - a.seq);
  }

  /**
   * Reads one whole.
   *
   * @param name as {@link list} gives it: a path is no name, so that nothing else on the disk is ever opened
   * @throws {UnknownSnapshot} {@link BadSnapshot}
   */
  public async read(name: string): Promise<{ readonly snapshot: Snapshot; readonly sha256: string }> {
    if (readName(name) === undefined || !(await this.names()).includes(name)) {
      throw new UnknownSnapshot(name, (await this.list())[0]?.name);
    }
    return openSnapshotFile(join(this.path, name));
  }

  /** Reads one and says whether it could be taken back. Throws UnknownSnapshot. */
  public async check(name: string): Promise<SnapshotCheck> {
    try {
      return { ok: true, ...(await this.read(name)) };
    } catch (error) {
      if (error instanceof BadSnapshot) return { ok: false, problem: error.message };
      throw error;
    }
  }

  /** Removes what is beyond its count, oldest first, and what dead processes left half written. */
  public async tidy(keptScheduled: number, now: number): Promise<readonly string[]> {
    const all = await this.list();
    const gone = [
      ...all.filter(({ why }) => why === 'scheduled').slice(keptScheduled),
      ...all.filter(({ why }) => why !== 'scheduled').slice(keptOthers),
    ].map(({ name }) => name);
    for (const name of [...gone, ...(await this.leftOver(now))]) {
      await rm(join(this.path, name), { force: true });
    }
    return gone;
  }

  private async leftOver(now: number): Promise<readonly string[]> {
    const half = (await this.names()).filter((name) => /\.snapshot\.gz\.[0-9A-Z]{8}\.tmp$/.test(name));
    const old: string[] = [];
    for (const name of half) {
      const { mtimeMs } = await stat(join(this.path, name)).catch(() => ({ mtimeMs: now }));
      if (now - mtimeMs > leftOverMs) old.push(name);
    }
    return old;
  }

  private async names(): Promise<readonly string[]> {
    try {
      return await readdir(this.path);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  }
}

/** Undefined where it was removed in this very moment. */
async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
