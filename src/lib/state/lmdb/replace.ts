import { parseEntryId } from '../entryId.js';
import type { ReceiptRecord, Replacement } from '../Engine.js';
import { Moved } from '../errors.js';
import { entryText } from '../records.js';
import { readHead, readReceipt, rememberReceipt } from './commit.js';
import { differencesAtOnce, standsAt, type Differences } from './differences.js';
import type { LmdbFile } from './LmdbFile.js';

/** Replaced in any case, beside the documents; leases, receipts and blobs stay, the ledger and counters follow. */
const replaced = ['feed'];
/** What was said and done: replaced only by another history's. */
const trails = ['audit', 'seal', 'outbox', 'parked'];

/**
 * Only inside a transaction: either all of it is seen or nothing. It holds the event loop for about 3 µs a document that differs,
 * hence `found` beforehand.
 */
export function replaceAll(
  file: LmdbFile,
  replacement: Replacement,
  found: Differences,
  now: number,
): { readonly receipt: ReceiptRecord; readonly replayed: boolean } {
  const seen = readReceipt(file, replacement.op, now);
  if (seen !== undefined) return { receipt: seen, replayed: true };
  const { id, op, lineage, trail } = replacement;
  const before = readHead(file);
  if (replacement.base !== undefined && !standsAt(before, replacement.base)) throw new Moved();
  const seq = Math.max(before.seq, replacement.seq) + 1;
  const { set, remove } = standsAt(before, found.at) ? found : differencesAtOnce(file, replacement.documents);
  clear(file, trail === undefined ? replaced : [...replaced, ...trails]);
  for (const key of remove) file.remove(key);
  for (const { ns, key, raw } of set) file.put(['doc', ns, key], raw);
  if (trail !== undefined) takeTrail(file, trail);
  replacement.audit.forEach((body, index) => {
    file.put(['audit', seq, index], entryText(id, op, now, body));
  });
  replacement.outbox.forEach((body, index) => {
    file.put(['outbox', seq, index], entryText(id, op, now, body));
  });
  const receipt = { seq, id, at: now };
  rememberReceipt(file, op, receipt);
  file.put(['head'], JSON.stringify({ ...receipt, lineage }));
  return { receipt, replayed: false };
}

function clear(file: LmdbFile, kinds: readonly string[]): void {
  for (const kind of kinds) for (const { key } of [...file.rows([kind])]) file.remove(key);
}

function takeTrail(file: LmdbFile, { audit, auditHead, outbox }: NonNullable<Replacement['trail']>): void {
  for (const { id, text, seal } of audit) {
    const at = parseEntryId(id);
    if (at === undefined) continue;
    file.put(['audit', at.seq, at.index], text);
    if (seal !== undefined) file.put(['seal', at.seq, at.index], seal);
  }
  for (const { id, text } of outbox) {
    const at = parseEntryId(id);
    if (at) file.put(['outbox', at.seq, at.index], text);
    file.remove(['settled', id]);
  }
  file.put(['auditHead'], JSON.stringify(auditHead));
}
