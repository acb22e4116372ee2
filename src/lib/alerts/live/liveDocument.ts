/** `settings:live`: which messages are kept up to date, and what was last written to each. Those that are final have left it. */
import { z } from 'zod';
import type { Json } from '../../core/Json.js';
import type { DocumentBody, StoredDocument } from '../../state/Store.js';

/** Times are real, ms since epoch. */
const record = z.object({
  channelId: z.string(),
  messageId: z.string(),
  createdAt: z.number(),
  /** How many messages there were before it, for another nonce. */
  before: z.number(),
  written: z.object({ digest: z.string(), mark: z.string(), at: z.number() }),
  threadId: z.string().nullable(),
  /** A thread was deleted by a person. */
  isThreadLost: z.boolean(),
  /** The last news that was told; 0 = none. */
  told: z.number(),
});

export type LiveRecord = Readonly<z.infer<typeof record>>;
export type LiveRecords = ReadonlyMap<string, LiveRecord>;

export const liveKey = 'live';

/** Damaged records are left out: their messages are looked for, and found by their key. */
export function readLive(document: StoredDocument | null): LiveRecords {
  const messages = z.record(z.string(), z.unknown()).safeParse(document?.messages);
  const found = new Map<string, LiveRecord>();
  if (!messages.success) return found;
  for (const [key, value] of Object.entries(messages.data)) {
    const read = record.safeParse(value);
    if (read.success) found.set(key, read.data);
  }
  return found;
}

export function writeLive(records: LiveRecords): DocumentBody {
  const messages = Object.fromEntries(
    [...records].map(([key, value]): [string, Json] => [key, { ...value }]),
  );
  return { schema: 1, messages };
}
