/** What a snapshot holds, in words. */
import { count } from '../lib/core/count.js';
import type { Snapshot } from '../lib/state/Store.js';

export function summary(snapshot: Snapshot): string {
  const { documents, audit, outbox, head } = snapshot;
  return `${count(documents.length, 'document')}, ${count(audit.length, 'audit entry', 'audit entries')} and ${count(outbox.length, 'notice')} not delivered yet, as of change ${head.seq} (${moment(snapshot.takenAt)})`;
}

export function moment(at: number): string {
  return new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, ' UTC')
    .replace('T', ' ');
}
