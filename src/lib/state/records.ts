/** The text forms of entries that both databases keep, and how they are read back. */
import type { Json } from '../core/Json.js';
import { Damaged } from './errors.js';
import { parseEntryId } from './entryId.js';
import type { AuditEntry, OutboxEntry, Settlement } from './Store.js';

/** How long an operation id and a counter batch are remembered, ms. */
export const rememberedMs = 60 * 60 * 1000;
/** How long it is kept what became of an outbox entry, ms. */
export const settledMs = 30 * 24 * 60 * 60 * 1000;
/** About how many commits the feed keeps. */
export const feedLength = 10_000;

/**
 * The text of an audit or outbox entry. Spliced, not re-encoded, as the Redis script does it: both stores hold the same
 * bytes.
 */
export function entryText(commitId: string, op: string, at: number, bodyJson: string): string {
  return `{"commitId":${JSON.stringify(commitId)},"op":${JSON.stringify(op)},"at":${at},"body":${bodyJson}}`;
}

interface Entry {
  readonly commitId: string;
  readonly op: string;
  readonly at: number;
  readonly body: Json;
}

/** @throws {Damaged} where the text is not what {@link entryText} makes. */
function parse(id: string, text: string): Entry {
  try {
    const entry = JSON.parse(text) as Partial<Entry> | null;
    if (
      typeof entry?.commitId === 'string' &&
      typeof entry.op === 'string' &&
      typeof entry.at === 'number' &&
      entry.body !== undefined
    )
      return { commitId: entry.commitId, op: entry.op, at: entry.at, body: entry.body };
  } catch (cause) {
    throw damagedEntry(id, cause);
  }
  throw damagedEntry(id);
}

function damagedEntry(id: string, cause?: unknown): Damaged {
  return new Damaged(`The entry ${id} in the store is damaged.`, {
    next: 'Run "rollouts audit verify" to see what is affected; a snapshot can bring it back.',
    context: { id },
    cause,
  });
}

/** @throws {Damaged} */
export function auditEntry(id: string, text: string, seal: string | undefined): AuditEntry {
  const { commitId, op, at, body } = parse(id, text);
  const seq = parseEntryId(id)?.seq ?? 0;
  return { id, seq, commitId, op, at, body, ...(seal === undefined ? {} : { seal }) };
}

/** @throws {Damaged} */
export function outboxEntry(id: string, text: string): OutboxEntry {
  const { commitId, at, body } = parse(id, text);
  return { id, seq: parseEntryId(id)?.seq ?? 0, commitId, at, body };
}

/** An outbox entry's text from its parts: what a restore writes. */
export function outboxText(entry: OutboxEntry): string {
  return entryText(entry.commitId, '', entry.at, JSON.stringify(entry.body));
}

export function auditText(entry: AuditEntry): string {
  return entryText(entry.commitId, entry.op, entry.at, JSON.stringify(entry.body));
}

export function parseSettlement(text: string): Settlement {
  return JSON.parse(text) as Settlement;
}
