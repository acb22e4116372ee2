/** What a snapshot holds, in words. */
import type { Snapshot } from '../lib/state/Store.js';

export function summary(snapshot: Snapshot): string {
  const { documents, audit, outbox, head } = snapshot;
  return `${counted(documents.length, 'document')}, ${counted(audit.length, 'audit entry', 'audit entries')} and ${counted(outbox.length, 'notice')} not delivered yet, as of change ${head.seq} (${moment(snapshot.takenAt)})`;
}

export function moment(at: number): string {
  return new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, ' UTC')
    .replace('T', ' ');
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
