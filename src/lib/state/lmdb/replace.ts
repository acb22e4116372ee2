import { parseEntryId } from '../entryId.js';
import type { Replacement } from '../Engine.js';
import { readHead } from './commit.js';
import type { LmdbFile } from './LmdbFile.js';

/** Record kinds that a restore replaces; leases, receipts, counters and blobs stay. */
const replaced = ['doc', 'feed', 'audit', 'seal', 'outbox', 'parked'];

/** Only inside a transaction: either all of it is seen or nothing. */
export function replaceAll(file: LmdbFile, replacement: Replacement, now: number): void {
  const seq = Math.max(readHead(file).seq, replacement.seq) + 1;
  for (const kind of replaced) for (const { key } of [...file.rows([kind])]) file.remove(key);
  for (const { ns, key, raw } of replacement.documents) file.put(['doc', ns, key], raw);
  for (const { id, text, seal } of replacement.audit) {
    const at = parseEntryId(id);
    if (at === undefined) continue;
    file.put(['audit', at.seq, at.index], text);
    if (seal !== undefined) file.put(['seal', at.seq, at.index], seal);
  }
  for (const { id, text } of replacement.outbox) {
    const at = parseEntryId(id);
    if (at) file.put(['outbox', at.seq, at.index], text);
    file.remove(['settled', id]);
  }
  file.put(['auditHead'], JSON.stringify(replacement.auditHead));
  file.put(['head'], JSON.stringify({ seq, id: replacement.id, at: now, lineage: replacement.lineage }));
}
