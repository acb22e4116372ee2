/** The shape of each part of a snapshot, so that a file can be checked line by line. */
import { z } from 'zod';
import type { Json } from '../core/Json.js';
import { namespaces } from './Store.js';

const version = z.int().positive();
const entryId = z.string().regex(/^\d{1,15}-\d{1,4}$/);
const json = z.json() as z.ZodType<Json>;
const ref = z.object({ seq: z.int().nonnegative(), id: z.string() });

const auditHead = z.object({ count: z.int().nonnegative(), id: z.string(), seal: z.string() });

export const snapshotParts = {
  head: z.object({
    format: z.literal('rollouts-snapshot'),
    version: z.union([z.literal(1), z.literal(2)]).transform(() => 2 as const),
    takenAt: z.number(),
    // Version 1 said it at once; since then it is known only at the end.
    head: ref.optional(),
    auditHead: auditHead.optional(),
  }),
  stand: z.object({ head: ref, auditHead }),
  absent: z.object({ ns: z.enum(namespaces), key: z.string() }),
  again: z.object({}),
  document: z.object({
    ns: z.enum(namespaces),
    key: z.string().min(1),
    document: z.looseObject({ v: version, schema: version }),
  }),
  damaged: z.object({ ns: z.enum(namespaces), key: z.string(), problem: z.string(), raw: z.string() }),
  audit: z.object({
    id: entryId,
    seq: version,
    commitId: z.string(),
    op: z.string(),
    at: z.number(),
    body: json,
    seal: z.string().optional(),
  }),
  outbox: z.object({ id: entryId, seq: version, commitId: z.string(), at: z.number(), body: json }),
  counter: z.object({ bucket: z.string(), field: z.string(), by: z.number() }),
  series: z.object({ series: z.string(), rows: z.array(z.base64()) }),
  baseline: z.object({ owner: z.string(), blob: z.base64() }),
};
