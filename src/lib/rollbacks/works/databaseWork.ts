/** The backup of the host's own database, where `deployments.yaml` says how and the rollback asks for it. */
import type { DatabaseBackup } from '../../recovery/database/HostDatabase.js';
import type { StepWork } from '../work.js';

export interface Backups {
  /** The dry run, a line each. */
  plan(): readonly string[];
  /** Throws DatabaseFailed. */
  backup(signal: AbortSignal, onLine?: (line: string) => void): Promise<DatabaseBackup>;
}

/** @param backups undefined: none is configured · `timeoutMs`: for each of its two programs */
export function databaseWork(backups: Backups | undefined, timeoutMs = 0): StepWork {
  return {
    name: 'database',
    // The programs have limits of their own, and say what they were doing.
    deadlineMs: 2 * timeoutMs + 30_000,
    skipped: ({ withDatabase }) => {
      if (!withDatabase) return 'Nobody asked for it.';
      return backups === undefined ? 'deployments.yaml does not say how (recovery.database).' : null;
    },
    plan: () => Promise.resolve(backups?.plan() ?? []),
    run: async ({ progress, signal }) => {
      if (backups === undefined) throw new Error('A step without work was run.');
      const { file, bytes, sha256, tookMs } = await backups.backup(signal, progress);
      return {
        detail: `Backed up and checked: ${file}.`,
        facts: { file, bytes, sha256, tookMs },
      };
    },
  };
}
