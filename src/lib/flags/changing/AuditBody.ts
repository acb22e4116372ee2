/** What this room writes to the audit for each change, and reads back for history and undo. */
import { z } from 'zod';
import type { Json } from '../../core/Json.js';
import type { Actor, FlagChange } from '../changes.js';
import { type FieldChange, fieldChangeSchema } from '../planning/fields.js';
import type { Difference } from '../results.js';

export interface AuditBody {
  readonly kind: 'flags';
  readonly change: FlagChange;
  readonly by: Actor;
  readonly title: string;
  readonly differences: readonly Difference[];
  readonly fields: readonly FieldChange[];
  /** Flags that it is about, for their history. */
  readonly flags: readonly string[];
  readonly reason?: string;
  /** The entry that this one takes back. */
  readonly undoes?: string;
}

const schema = z.object({
  kind: z.literal('flags'),
  change: z.custom<FlagChange>((change) => typeof change === 'object' && change !== null && 'do' in change),
  by: z.object({ id: z.string(), name: z.string() }),
  title: z.string(),
  differences: z.array(z.object({ what: z.string(), before: z.string(), after: z.string() })),
  fields: z.array(fieldChangeSchema),
  flags: z.array(z.string()),
  reason: z.string().optional(),
  undoes: z.string().optional(),
});

/** Undefined for another room's entry. */
export function readAuditBody(body: Json): AuditBody | undefined {
  const read = schema.safeParse(body);
  return read.success ? read.data : undefined;
}
