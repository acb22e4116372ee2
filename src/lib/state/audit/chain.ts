/**
 * The chain that seals the audit: each entry's seal is SHA-256 over the seal before it and the entry in canonical JSON
 * (keys sorted, no spaces). Whoever changes an entry must change every seal after it, and the head that receipts quote.
 */
import { createHash } from 'node:crypto';
import type { Json } from '../../core/Json.js';
import type { AuditEntry, AuditHead } from '../Store.js';

export const emptyHead: AuditHead = { count: 0, id: '', seal: '' };

/** The seal (64 hex digits) of `entry` after `before` (empty for the first). */
export function sealOf(before: string, entry: AuditEntry): string {
  const { id, seq, commitId, op, at, body } = entry;
  return createHash('sha256')
    .update(before)
    .update('\n')
    .update(canonicalJson({ id, seq, commitId, op, at, body }))
    .digest('hex');
}

/** Seals `entries` in order, on top of `head`. */
export function sealAll(
  head: AuditHead,
  entries: readonly AuditEntry[],
): { readonly seals: readonly { readonly id: string; readonly seal: string }[]; readonly head: AuditHead } {
  let at = head;
  const seals = entries.map((entry) => {
    const seal = sealOf(at.seal, entry);
    at = { count: at.count + 1, id: entry.id, seal };
    return { id: entry.id, seal };
  });
  return { seals, head: at };
}

/** JSON with sorted keys: the same value always gives the same text. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value as Record<string, Json>).sort(([a], [b]) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
  return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}
