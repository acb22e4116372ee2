import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RolloutError } from '../lib/core/RolloutError.js';
import { writeSnapshotFile } from '../lib/state/snapshotFile.js';
import type { Snapshot } from '../lib/state/Store.js';
import { summary } from './contents.js';
import type { Report, Terminal } from './Terminal.js';
import { withStore } from './withStore.js';

/** There is a file of that name, and it was not said to replace it. */
export class FileExists extends RolloutError {
  public readonly code = 'FILE_EXISTS';
}

export interface SnapshotOptions {
  readonly file: string | undefined;
  readonly force: boolean;
}

/** `rollouts snapshot [file]` */
export async function snapshot(terminal: Terminal, { file, force }: SnapshotOptions): Promise<Report> {
  const path = file ?? snapshotName('rollouts', terminal.now());
  if (!force && existsSync(path)) {
    throw new FileExists(`${path} exists already.`, {
      next: 'Name another file, or replace it with --force.',
    });
  }
  return withStore(terminal, async (store) => {
    const taken = await store.snapshot();
    await keep(path, taken);
    const { head, takenAt, documents, audit, outbox } = taken;
    return {
      exitCode: 0,
      text: `Wrote ${path}: ${summary(taken)}.`,
      json: {
        ok: true,
        file: path,
        head,
        takenAt,
        documents: documents.length,
        audit: audit.length,
        outbox: outbox.length,
      },
    };
  });
}

/** `rollouts-20260806T101112Z.snapshot.gz` */
export function snapshotName(what: string, at: number): string {
  const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${what}-${time}.snapshot.gz`;
}

export async function keep(path: string, taken: Snapshot): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeSnapshotFile(path, taken);
}
