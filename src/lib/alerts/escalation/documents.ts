/** `settings:urgent`: what on-call was called for, and whether somebody is on it. */
import { z } from 'zod';
import type { Json } from '../../core/Json.js';
import type { DocumentBody, StoredDocument } from '../../state/Store.js';

export const urgentKey = 'urgent';

/** Times are the store's, ms since epoch. */
const record = z.object({
  /** What happened, as the first notice said it. */
  title: z.string(),
  /** The first notice, as people quote it: `#128-7F3K`. */
  reference: z.string(),
  /** When that was committed. */
  since: z.number(),
  /** How often on-call was pinged for it. */
  pings: z.number(),
  nextAt: z.number(),
  /** What it is called for, as notices name it; empty where one has no name, so that only a person ends it. */
  troubles: z.array(z.string()).default(['']),
  taken: z.object({ by: z.string(), name: z.string(), at: z.number() }).nullable(),
});

export type UrgentRecord = Readonly<z.infer<typeof record>>;
/** By the kind of the notice: what happens again while nobody is on it is the same trouble. */
export type UrgentRecords = ReadonlyMap<string, UrgentRecord>;

/** Damaged records are left out: the next urgent notice of that kind makes a new one. */
export function readUrgent(document: StoredDocument | null): UrgentRecords {
  const all = z.record(z.string(), z.unknown()).safeParse(document?.records);
  const found = new Map<string, UrgentRecord>();
  for (const [kind, value] of Object.entries(all.success ? all.data : {})) {
    const read = record.safeParse(value);
    if (read.success) found.set(kind, read.data);
  }
  return found;
}

export function writeUrgent(records: UrgentRecords): DocumentBody {
  return {
    schema: 1,
    records: Object.fromEntries([...records].map(([kind, value]): [string, Json] => [kind, { ...value }])),
  };
}
