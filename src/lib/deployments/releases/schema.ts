import { z } from 'zod';
import type { StoredDocument } from '../../state/Store.js';
import type { ReleasesDocument } from './documents.js';

const stamp = z.looseObject({ by: z.string(), at: z.number() });

const releases = z.looseObject({
  v: z.number(),
  schema: z.literal(1),
  active: z.object({ release: z.string(), since: z.number() }),
  previous: z.string().nullable(),
  turns: z.array(z.object({ release: z.string(), since: z.number(), shard: z.string().nullable() })).min(1),
  handover: z
    .looseObject({ id: z.string(), to: z.string(), why: z.string(), by: stamp, since: z.number() })
    .nullable(),
  known: z.record(z.string(), z.looseObject({ firstSeen: z.number(), rolledBack: stamp.nullable() })),
});

/** The document, or what is wrong with it in a few words. */
export function readReleases(
  document: StoredDocument,
): { readonly document: ReleasesDocument } | { readonly problem: string } {
  const read = releases.safeParse(document);
  // The schema looks at everything that the type says; the fields of a stamp that it passes over are people's words.
  if (read.success) return { document: document as unknown as ReleasesDocument };
  const [issue] = read.error.issues;
  return { problem: `${issue?.path.join('.') || 'document'}: ${issue?.message ?? 'not understood'}` };
}
