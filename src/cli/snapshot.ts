import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RolloutError } from '../lib/core/RolloutError.js';
import { nameOf } from '../lib/recovery/snapshots/names.js';
import { writeSnapshotFile } from '../lib/state/snapshotFile.js';
import { summary } from './contents.js';
import { deploymentsOf } from './deployments.js';
import type { Report, Terminal } from './Terminal.js';
import { withStore } from './withStore.js';

/** There is a file of that name, and it was not said to replace it. */
export class FileExists extends RolloutError {
  public readonly code = 'FILE_EXISTS';
}

export interface SnapshotOptions {
  /** Undefined: into the folder of the bot's own, under a name that says when. */
  readonly file: string | undefined;
  readonly force: boolean;
}

/** `rollouts snapshot [file]` */
export async function snapshot(terminal: Terminal, { file, force }: SnapshotOptions): Promise<Report> {
  if (file !== undefined && !force && existsSync(file)) {
    throw new FileExists(`${file} exists already.`, {
      next: 'Name another file, or replace it with --force.',
    });
  }
  return withStore(terminal, async (store, config) => {
    const taken = await store.snapshot();
    const { folder } = (await deploymentsOf(terminal, config)).recovery.snapshots;
    const path = file ?? join(folder, nameOf(terminal.now(), taken.head.seq, 'asked'));
    await mkdir(dirname(path), { recursive: true });
    const { sha256 } = await writeSnapshotFile(path, taken);
    const { head, takenAt, documents, audit, outbox, damaged } = taken;
    const lacking =
      damaged.length === 0
        ? ''
        : `\n${damaged.length} of the documents are damaged. They are in the file as they are, but a restore leaves them out.`;
    return {
      exitCode: 0,
      text: `Wrote ${path}: ${summary(taken)}.${lacking}`,
      json: {
        ok: true,
        ...{ file: path, sha256, head, takenAt },
        ...{ documents: documents.length, audit: audit.length, outbox: outbox.length },
        damaged: damaged.length,
      },
    };
  });
}
