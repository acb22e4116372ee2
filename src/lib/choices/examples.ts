/** One difference between two implementations, and how such are kept in state. */
import { z } from 'zod';

const shape = z.object({
  flag: z.string(),
  guildId: z.string().nullable(),
  at: z.number(),
  lines: z.array(z.string()),
});

export interface Difference {
  readonly flag: string;
  readonly guildId: string | null;
  /** Domain time, ms since epoch. */
  readonly at: number;
  /** `greeting: text of 5 characters, was text of 6 characters` */
  readonly lines: readonly string[];
}

const row = z.object({ format: z.literal(1), examples: z.array(shape) });

export function packExamples(examples: readonly Difference[]): Uint8Array {
  return Buffer.from(JSON.stringify({ format: 1, examples }));
}

/** A row that is none of ours is empty: an example that cannot be read is worth no more than one that was never seen. */
export function unpackExamples(bytes: Uint8Array): readonly Difference[] {
  try {
    return row.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))).examples;
  } catch {
    return [];
  }
}
