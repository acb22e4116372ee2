import { join } from 'node:path';
import { RolloutError } from '../lib/core/RolloutError.js';
import { Damaged } from '../lib/state/errors.js';
import { readSnapshotFile } from '../lib/state/snapshotFile.js';
import type { Store } from '../lib/state/Store.js';
import type { StateConfig } from '../config/Config.js';
import { differences, inWords, summary } from './contents.js';
import { keep, snapshotName } from './snapshot.js';
import type { Report, Terminal } from './Terminal.js';
import { storeName, withStore } from './withStore.js';

export interface RestoreOptions {
  readonly file: string;
  readonly yes: boolean;
  /** Keep what is replaced, in DATA_DIR. */
  readonly backup: boolean;
  readonly json: boolean;
}

/** What is there now cannot be read as a whole, so it cannot be kept either. */
export class CannotKeep extends RolloutError {
  public readonly code = 'CANNOT_KEEP';
}

/** `rollouts restore <file>`: says what would be replaced, asks, keeps what there is, and replaces it. */
export async function restore(terminal: Terminal, options: RestoreOptions): Promise<Report> {
  const snapshot = await readSnapshotFile(options.file);
  return withStore(
    terminal,
    async (store, config) => {
      const current = await store.load();
      const changes = differences(current.documents, snapshot);
      const plan = [
        `${options.file} holds ${summary(snapshot)}.`,
        `It would replace ${storeName(config)}, which stands at change ${current.head.seq}:`,
        ...(changes.length === 0 ? ['  no documents on either side'] : changes.map(inWords)),
        'Audit, notices and counters are replaced too. Running bots reload at once.',
      ].join('\n');
      const json = { file: options.file, from: snapshot.head, replaces: current.head, changes };

      if (!options.yes) {
        if (!options.json) terminal.out(plan);
        const answer = options.json ? undefined : await terminal.ask('Replace everything? Type "yes": ');
        if (answer === undefined) {
          const text = 'Nothing was changed. Repeat it with --yes to replace the state.';
          return { exitCode: 2, text, json: { ok: false, ...json, message: text } };
        }
        if (answer.trim().toLowerCase() !== 'yes') {
          return { exitCode: 1, text: 'Nothing was changed.', json: { ok: false, ...json } };
        }
      }
      const kept = options.backup ? await keepCurrent(terminal, store, config) : undefined;
      await store.restore(snapshot);
      const before = kept === undefined ? '' : ` What was there before is in ${kept}.`;
      const text = `${options.yes ? `${plan}\n` : ''}Restored.${before}`;
      return { exitCode: 0, text, json: { ok: true, ...json, before: kept } };
    },
    { make: true },
  );
}

/** @throws {CannotKeep} where the state is damaged: whoever replaces it for that very reason says so. */
async function keepCurrent(terminal: Terminal, store: Store, { dataDir }: StateConfig): Promise<string> {
  const path = join(dataDir, 'backups', snapshotName('before-restore', terminal.now()));
  try {
    await keep(path, await store.snapshot());
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    throw new CannotKeep(`Nothing was changed: what is there now cannot be kept. ${error.message}`, {
      next: 'To replace it all the same, and lose it: --no-backup.',
      cause: error,
    });
  }
  return path;
}
