/** Reads an outbox body as a {@link Notice}: what stands in the store may be foreign or damaged. */
import { z } from 'zod';
import { type Json, plain } from '../core/Json.js';
import type { Notice } from './Card.js';

const part = z.union([
  z.string(),
  z.strictObject({ bold: z.string() }),
  z.strictObject({ code: z.string() }),
  z.strictObject({ user: z.string() }),
  z.strictObject({ channel: z.string() }),
  z.strictObject({ role: z.string() }),
  z.strictObject({ time: z.number(), style: z.enum(['R', 'f', 'D']).optional() }),
  z.strictObject({
    message: z.strictObject({ guild: z.string(), channel: z.string(), id: z.string() }),
  }),
  z.strictObject({ br: z.literal(true) }),
]);

const text = z.union([z.string(), z.array(part)]);

const card = z.object({
  tone: z.enum(['info', 'good', 'warn', 'bad']),
  title: z.string(),
  body: text.optional(),
  todo: text.optional(),
  fields: z.array(z.object({ name: z.string(), value: text, inline: z.boolean().optional() })).optional(),
  buttons: z
    .array(
      z.object({
        label: z.string(),
        style: z.enum(['primary', 'secondary', 'success', 'danger']),
        action: z.string(),
        args: z.array(z.string()),
      }),
    )
    .optional(),
});

const notice: z.ZodType<Notice> = z.object({
  kind: z.string(),
  to: z.union([
    z.enum(['operations', 'dev-team', 'management']),
    z.strictObject({ channel: z.string().regex(/^\d+$/) }),
    z.strictObject({ user: z.string().regex(/^\d+$/) }),
    z.strictObject({ webhook: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
  ]),
  card,
  pingOnCall: z.boolean().optional(),
  trouble: z.string().optional(),
  over: z.array(z.string()).optional(),
  file: z.object({ name: z.string().regex(/^[\w.-]{1,100}$/), text: z.string() }).optional(),
  pingApprovers: z.boolean().optional(),
  about: z.object({ id: z.string(), waits: z.boolean().optional() }).optional(),
  origin: z.object({ id: z.string(), seq: z.number(), commitId: z.string() }).optional(),
});

/** The notice, or what is wrong with it in a few words. */
export function readNotice(body: Json): Notice | { readonly problem: string } {
  const read = notice.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return { problem: `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not a notice'}` };
}

/** The body's kind, whatever else it is. */
export function kindOf(body: Json): string | undefined {
  const read = z.object({ kind: z.string() }).safeParse(body);
  return read.success ? read.data.kind : undefined;
}

/** A notice as an outbox takes it: without the fields that are undefined. */
export function asJson(notice: Notice): Json {
  return plain(notice);
}
