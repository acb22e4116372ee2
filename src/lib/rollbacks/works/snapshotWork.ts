/** The snapshot of the whole state that is taken with every rollback. */
import type { TakenSnapshot } from '../../recovery/snapshots/SnapshotFolder.js';
import type { StepWork } from '../work.js';

export interface Snapshots {
  /** Throws SnapshotNotWritten, Unavailable. */
  take(why: 'rollback'): Promise<TakenSnapshot>;
}

/** Where it is run again after a crash there are two, and the older one is the better. */
export function snapshotWork(snapshots: Snapshots): StepWork {
  return {
    name: 'snapshot',
    deadlineMs: 60_000,
    skipped: () => null,
    plan: () => Promise.resolve(['A snapshot of the whole state is taken.']),
    run: async () => {
      const { name, bytes, documents, seq, sha256 } = await snapshots.take('rollback');
      return {
        detail: `${documents.toLocaleString('en-US')} documents in ${name}.`,
        facts: { file: name, sha256, seq, bytes, documents },
      };
    },
  };
}
