/** Ids of audit and outbox entries: `<seq>-<index>`, both decimal; in commit order. */

export interface EntryPosition {
  readonly seq: number;
  readonly index: number;
}

export function entryId(seq: number, index: number): string {
  return `${seq}-${index}`;
}

/** Undefined where the text is no such id (people type them). */
export function parseEntryId(id: string): EntryPosition | undefined {
  const match = /^(\d{1,15})-(\d{1,4})$/.exec(id);
  return match ? { seq: Number(match[1]), index: Number(match[2]) } : undefined;
}
