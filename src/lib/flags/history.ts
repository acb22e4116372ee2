/** `/feature history`: the audit's entries of this room, newest first. */
import type { Store } from '../state/Store.js';
import { readAuditBody } from './changing/AuditBody.js';
import type { HistoryLine } from './results.js';

const page = 100;
/** So far back, in entries of all kinds, one question looks. */
const longestLook = 5_000;

/** @param before an entry's id: only older ones. Throws Unavailable. */
export async function history(
  store: Pick<Store, 'audit'>,
  flag: string | undefined,
  limit: number,
  before: string | undefined,
): Promise<readonly HistoryLine[]> {
  const lines: HistoryLine[] = [];
  const undoneBy = new Map<string, string>();
  let isOlder = before === undefined;
  let cursor: string | undefined;
  // From the newest even where only older ones are asked for: an undo is always newer than what it undid.
  for (let looked = 0; looked < longestLook; looked += page) {
    const entries = await store.audit.read({ limit: page, ...(cursor !== undefined && { before: cursor }) });
    for (const { id, at, body } of entries) {
      const read = readAuditBody(body);
      if (read?.undoes !== undefined && !undoneBy.has(read.undoes)) undoneBy.set(read.undoes, id);
      if (isOlder && read !== undefined && (flag === undefined || read.flags.includes(flag))) {
        const { by, title, differences, reason } = read;
        lines.push({ entry: id, at, by, title, differences, reason, undoneBy: undoneBy.get(id) });
        if (lines.length === limit) return lines;
      }
      isOlder ||= id === before;
    }
    cursor = entries.at(-1)?.id;
    if (entries.length < page) break;
  }
  return lines;
}
