import { z } from 'zod';
import type { StoredDocument } from '../state/Store.js';
import type { RecoveryRequest } from './RecoveryRoom.js';

/** So long a request waits for the second person, ms of domain time: after that nobody remembers what it was about. */
const lapsesMs = 24 * 60 * 60 * 1000;

const request: z.ZodType<RecoveryRequest> = z.object({
  id: z.string(),
  snapshot: z.string(),
  sha256: z.string(),
  by: z.object({ id: z.string(), name: z.string() }),
  reason: z.string(),
  at: z.number(),
});

/** Undefined where nobody asks, or it has lapsed. */
export function readRequest(document: StoredDocument | null, now: number): RecoveryRequest | undefined {
  const read = request.safeParse(document?.['request']);
  return read.success && read.data.at + lapsesMs > now ? read.data : undefined;
}
