/** What is kept of what people said, a JSON list a row: several once rows were put together. */
import { z } from 'zod';
import type { Arm } from '../judging/units.js';

export const severities = ['critical', 'major', 'minor'] as const;
export type Severity = (typeof severities)[number];

/** Times are domain time, ms since epoch. */
const said = z.object({
  at: z.number(),
  guild: z.string(),
  user: z.string(),
  arm: z.enum(['canary', 'control']),
  /** A report's; absent for a rating. */
  severity: z.enum(severities).optional(),
  /** A rating's, 1…5; absent for a report. */
  stars: z.number().int().min(1).max(5).optional(),
});
const written = said.extend({ text: z.string() });
const heard = z.object({ kind: z.enum(['report', 'rating']), feature: z.string(), at: z.number() });

export type Said = Readonly<z.infer<typeof said>> & { readonly arm: Arm };
export type Written = Readonly<z.infer<typeof written>>;
/** `at` in real time. */
export type Heard = Readonly<z.infer<typeof heard>>;

const decoder = new TextDecoder();

export const pack = (entries: readonly object[]): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(entries));

export const readSaid = (rows: readonly Uint8Array[]): readonly Said[] => unpack(rows, said);
export const readWritten = (rows: readonly Uint8Array[]): readonly Written[] => unpack(rows, written);
export const readHeard = (rows: readonly Uint8Array[]): readonly Heard[] => unpack(rows, heard);

/** A damaged row or entry is left out: one of them must not silence all the others. */
function unpack<T>(rows: readonly Uint8Array[], schema: z.ZodType<T>): readonly T[] {
  return rows.flatMap((row) => {
    const list = z.array(z.unknown()).safeParse(parsed(row));
    if (!list.success) return [];
    return list.data.flatMap((entry) => {
      const read = schema.safeParse(entry);
      return read.success ? [read.data] : [];
    });
  });
}

function parsed(row: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(row));
  } catch {
    return undefined;
  }
}
