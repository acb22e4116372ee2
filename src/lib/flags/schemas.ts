/** Reads what stands in the store as this room's documents: it may be foreign, or written by hand. */
import { z } from 'zod';
import type { StoredDocument } from '../state/Store.js';
import {
  betaModes,
  type CohortDocument,
  type FlagDocument,
  type FreezeDocument,
  flagKinds,
  type GuildDocument,
  type SwitchDocument,
} from './documents.js';
import type { RoomDocuments, RoomNamespace } from './world.js';

const stampFields = { by: z.string(), at: z.number(), reason: z.string().optional() };
const stamp = z.object(stampFields);
const override = z.enum(['allow', 'deny']);
const head = { v: z.number(), schema: z.literal(1) };

const flag: z.ZodType<FlagDocument> = z.object({
  ...head,
  key: z.string(),
  description: z.string(),
  kind: z.enum(flagKinds),
  owner: z.string().nullable(),
  beta: z.enum(betaModes),
  optOut: z.enum(['until-release', 'always']),
  enabled: z.boolean(),
  basisPoints: z.int().min(0).max(10_000),
  seed: z.string().nullable(),
  algo: z.literal(1),
  killed: stamp.nullable(),
  archived: stamp.nullable(),
  requires: z.array(z.string()),
  cohorts: z.record(z.string(), z.object({ override, ...stampFields })),
  ceiling: z
    .int()
    .min(0)
    .max(2 ** 32)
    .nullable(),
  rollout: z.object({ id: z.string(), targets: z.array(z.string()) }).nullable(),
  expiresAt: z.number().nullable(),
  created: stamp,
  updated: stamp,
  servedSince: z.number(),
  declared: z.boolean(),
});

const guild: z.ZodType<GuildDocument> = z.object({
  ...head,
  id: z.string(),
  entries: z.record(
    z.string(),
    z.object({
      override: z.object({ is: override, ...stampFields }).optional(),
      joined: stamp.optional(),
      answer: z.object({ is: z.enum(['approved', 'declined']), ...stampFields }).optional(),
      keepOff: stamp.optional(),
    }),
  ),
  channelId: z.string().nullable(),
});

const cohort: z.ZodType<CohortDocument> = z.object({
  ...head,
  name: z.string(),
  description: z.string(),
  guilds: z.array(z.string()),
  created: stamp,
  updated: stamp,
});

const killSwitch: z.ZodType<SwitchDocument> = z.object({ ...head, off: stamp.nullable() });

const freeze: z.ZodType<FreezeDocument> = z.object({
  ...head,
  freeze: z
    .object({
      ...stampFields,
      name: z.string(),
      reason: z.string(),
      until: z.number().nullable(),
      isIncident: z.boolean(),
    })
    .nullable(),
});

/** The freeze, or what is wrong with it in a few words. */
export function readFreeze(
  document: StoredDocument,
): { readonly document: FreezeDocument } | { readonly problem: string } {
  const read = freeze.safeParse(document);
  return read.success ? { document: read.data } : { problem: problemOf(read.error) };
}

const schemas: { readonly [Ns in RoomNamespace]: z.ZodType<RoomDocuments[Ns]> } = {
  flags: flag,
  guilds: guild,
  cohorts: cohort,
  settings: killSwitch,
};

/** The document, or what is wrong with it in a few words. */
export function readDocument<Ns extends RoomNamespace>(
  ns: Ns,
  key: string,
  document: StoredDocument,
): { readonly document: RoomDocuments[Ns] } | { readonly problem: string } {
  const read = schemas[ns].safeParse(document);
  if (!read.success) return { problem: problemOf(read.error) };
  const named = nameOf(read.data);
  return named === undefined || named === key
    ? { document: read.data }
    : { problem: `it calls itself ${named}` };
}

function problemOf({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') || 'document'}: ${issue?.message ?? 'not readable'}`;
}

function nameOf(document: RoomDocuments[RoomNamespace]): string | undefined {
  if ('key' in document) return document.key;
  if ('id' in document) return document.id;
  return 'name' in document ? document.name : undefined;
}
