/** The steps of a rollback that recovery does: a snapshot of the state, and a backup of the host's database. */
import { count } from '../core/count.js';
import type { StepWork } from '../rollbacks/work.js';
import type { HostDatabase } from './database/HostDatabase.js';
import type { SnapshotKeeper } from './snapshots/SnapshotKeeper.js';

/** A hundred thousand documents take some seconds; a slow disk may need longer. */
const snapshotDeadlineMs = 60_000;
/** Backup and check each have the time that deployments.yaml gives them; this is for what comes beside. */
const databaseSpareMs = 30_000;

export function snapshotStep(keeper: Pick<SnapshotKeeper, 'take'>): StepWork {
  return {
    name: 'snapshot',
    deadlineMs: snapshotDeadlineMs,
    skipped: () => null,
    plan: async () => ['Take a snapshot of the whole state.'],
    run: async () => {
      const { name, bytes, sha256, documents, seq } = await keeper.take('rollback');
      return {
        detail: `${count(documents, 'document')} are kept in ${name}.`,
        facts: { file: name, bytes, sha256, seq },
      };
    },
  };
}

/** @param database undefined where deployments.yaml names none */
export function databaseStep(
  database: Pick<HostDatabase, 'plan' | 'backup'> | undefined,
  timeoutMs = 0,
): StepWork {
  return {
    name: 'database',
    deadlineMs: 2 * timeoutMs + databaseSpareMs,
    skipped: ({ withDatabase }) =>
      withDatabase !== true
        ? 'It was not asked for.'
        : database === undefined
          ? 'deployments.yaml names no recovery.database.'
          : null,
    plan: async () => database?.plan() ?? [],
    run: async (doing) => {
      if (database === undefined) throw new TypeError('There is no database to back up.');
      const { file, bytes, sha256, tookMs } = await database.backup(doing.signal, (line) => {
        doing.progress(line);
      });
      return {
        detail: `The database is backed up and checked: ${file}.`,
        facts: { file, bytes, sha256, tookMs },
      };
    },
  };
}
