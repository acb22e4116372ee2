import { z } from 'zod';
import type { Json } from '../../core/Json.js';
import { namespaces, type DocumentBody, type StoredDocument } from '../../state/Store.js';
import type { SetAside } from './documents.js';

const body = z.looseObject({ schema: z.int() }) as unknown as z.ZodType<DocumentBody & Record<string, Json>>;

const setAside: z.ZodType<SetAside> = z.object({
  schema: z.literal(1),
  id: z.string(),
  ns: z.enum(namespaces),
  key: z.string(),
  problem: z.string(),
  raw: z.string(),
  state: z.enum(['aside', 'left', 'mended']),
  at: z.number(),
  lastGood: z.object({ from: z.string(), body }).nullable(),
});

/** Undefined where it is none: a set-aside document may itself be damaged. */
export function readSetAside(document: StoredDocument): SetAside | undefined {
  const read = setAside.safeParse(document);
  return read.success ? read.data : undefined;
}
