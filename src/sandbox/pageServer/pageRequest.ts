/** Reads a request of the page, or nothing where it is not one. */
import type { RawData } from 'ws';
import { z } from 'zod';
import type { PageRequest } from '../pageApi.js';
import { knobChange } from '../simulation/knobChange.js';

const id = z.number().int();
const name = z.string();
const options = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const request = z.discriminatedUnion('type', [
  z.object({ id, type: z.literal('view'), user: name }),
  z.object({
    id,
    type: z.literal('messages'),
    channelId: name,
    before: z.string().regex(/^\d+$/).optional(),
  }),
  z.object({ id, type: z.literal('commands'), channelId: name }),
  z.object({ id, type: z.literal('slash'), channelId: name, command: name, options }),
  z.object({ id, type: z.literal('autocomplete'), channelId: name, command: name, options, focused: name }),
  z.object({ id, type: z.literal('click'), messageId: name, customId: name }),
  z.object({ id, type: z.literal('select'), messageId: name, customId: name, values: z.array(z.string()) }),
  z.object({ id, type: z.literal('submit'), interactionId: name, fields: z.record(z.string(), z.string()) }),
  z.object({ id, type: z.literal('say'), channelId: name, content: z.string().min(1).max(2000) }),
  z.object({ id, type: z.literal('dismiss'), messageId: name }),
  z.object({ id, type: z.literal('turn'), change: knobChange }),
]);

export function pageRequest(data: RawData): PageRequest | null {
  try {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
    return request.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
