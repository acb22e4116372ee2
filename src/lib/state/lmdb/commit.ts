/** A commit inside one LMDB transaction; the twin of `redis/commit.lua`, in the same order. */
import type { CommitAnswer, EngineHead, ReceiptRecord } from '../Engine.js';
import { seal, Unreadable } from '../envelope.js';
import type { OpenedDocuments } from '../OpenedDocuments.js';
import type { PreparedChange, PreparedCommit } from '../prepare.js';
import { entryText, feedLength, rememberedMs } from '../records.js';
import type { LmdbFile } from './LmdbFile.js';

export function readHead(file: LmdbFile): EngineHead {
  const text = file.get(['head']);
  return text === undefined ? { seq: 0, id: '', at: 0, lineage: '' } : (JSON.parse(text) as EngineHead);
}

export function readReceipt(file: LmdbFile, op: string, now: number): ReceiptRecord | undefined {
  const text = file.get(['op', op]);
  const receipt = text === undefined ? undefined : (JSON.parse(text) as ReceiptRecord);
  return receipt !== undefined && receipt.at > now - rememberedMs ? receipt : undefined;
}

/** Only inside a transaction: everything is read before the first write. */
export function applyCommit(
  file: LmdbFile,
  opened: OpenedDocuments,
  commit: PreparedCommit,
  now: number,
): CommitAnswer {
  const seen = readReceipt(file, commit.op, now);
  if (seen !== undefined) return { is: 'done', receipt: seen, replayed: true };
  if (now > commit.notAfter) return { is: 'late', now };
  if (commit.fence !== undefined) {
    const token = leaseToken(file, commit.fence.lease);
    if (token !== commit.fence.token) return { is: 'fenced', token };
  }
  const refusal = compare(file, opened, commit.changes);
  if (refusal !== undefined) return refusal;

  const before = readHead(file);
  const head = { seq: before.seq + 1, id: commit.id, at: now, lineage: before.lineage };
  const { seq } = head;
  for (const { ns, key, action, json } of commit.changes) {
    if (action === 'set') file.put(['doc', ns, key], seal(seq, json));
    if (action === 'delete') file.remove(['doc', ns, key]);
  }
  const keys = commit.changes.filter(({ action }) => action !== 'check').map(({ ns, key }) => [ns, key]);
  file.put(['feed', seq], JSON.stringify({ seq, id: commit.id, prev: before.id, at: now, keys }));
  file.remove(['feed', seq - feedLength]);
  commit.audit.forEach((body, index) => {
    file.put(['audit', seq, index], entryText(commit.id, commit.op, now, body));
  });
  commit.outbox.forEach((body, index) => {
    file.put(['outbox', seq, index], entryText(commit.id, commit.op, now, body));
  });
  const receipt = { seq, id: commit.id, at: now };
  rememberReceipt(file, commit.op, receipt);
  file.put(['head'], JSON.stringify(head));
  return { is: 'done', receipt, replayed: false };
}

/** Only inside a transaction. */
export function rememberReceipt(file: LmdbFile, op: string, receipt: ReceiptRecord): void {
  file.put(['op', op], JSON.stringify(receipt));
  file.put(['opAt', receipt.at, op], '');
  forget(file, 'opAt', 'op', receipt.at - rememberedMs);
}

export function leaseToken(file: LmdbFile, name: string): number {
  const text = file.get(['lease', name]);
  return text === undefined ? 0 : (JSON.parse(text) as { token: number }).token;
}

function compare(
  file: LmdbFile,
  opened: OpenedDocuments,
  changes: readonly PreparedChange[],
): CommitAnswer | undefined {
  for (const [change, { ns, key, expect, damaged }] of changes.entries()) {
    const raw = file.get(['doc', ns, key]);
    const document = raw === undefined ? undefined : opened.open(ns, key, raw);
    if (document instanceof Unreadable) {
      if (raw !== damaged) return { is: 'damaged', change };
    } else if (damaged !== undefined || (document?.v ?? 0) !== expect)
      return { is: 'conflict', change, raw: raw ?? null };
  }
  return undefined;
}

/** Removes a few of the oldest records that are past their time: `index` rows are `[index, at, name]`. */
export function forget(file: LmdbFile, index: string, kind: string, before: number): void {
  for (const { key } of [...file.rows([index], { to: before, limit: 20 })]) {
    file.remove(key);
    file.remove([kind, String(key[2])]);
  }
}
