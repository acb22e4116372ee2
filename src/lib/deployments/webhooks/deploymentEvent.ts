/** What `/hooks/deployments` takes, once the signature is right. */
import { z } from 'zod';
import type { Json } from '../../core/Json.js';
import { gateResult } from '../gate/resultSchema.js';
import { defaultEnvironment } from '../life/checkAnnouncement.js';
import { plainVersion } from '../life/plainVersion.js';

const version = z.string('is missing').min(1, 'is empty').max(64, 'has more than 64 characters');
const environment = z.string().max(32, 'has more than 32 characters').default(defaultEnvironment);

/** Null and nothing are the same: shells fill templates with empty text. */
const perhaps = (text: z.ZodString) =>
  text.nullish().transform((value) => (value === '' || value === null ? undefined : value));

const told = z.object({
  event: z.enum(['started', 'finished', 'failed']),
  version,
  environment,
  summary: perhaps(z.string().max(1_000, 'has more than 1,000 characters')),
  link: perhaps(z.string().max(500, 'has more than 500 characters')),
});

const gate = z.object({ event: z.literal('gate'), version, environment, gate: gateResult });

const metrics = z.looseObject({ event: z.literal('metrics') });

const event = z.discriminatedUnion('event', [told, gate, metrics]);

export type DeploymentEvent = z.infer<typeof event>;

/** The event, or what is wrong with it in one sentence. */
export function readEvent(
  body: Uint8Array,
): { readonly event: DeploymentEvent; readonly json: Json } | string {
  const json = jsonOf(body);
  if (json === undefined) return 'The body is no JSON in UTF-8.';
  const read = event.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') ?? '';
    return `The event is not understood: ${where === '' ? '' : `${where} `}${issue?.message ?? ''}`.trim();
  }
  const found = read.data;
  if (found.event === 'gate' && plainVersion(found.gate.release) !== plainVersion(found.version)) {
    return `The gate is that of ${found.gate.release}, and not of ${found.version}.`;
  }
  return { event: found, json };
}

/** Undefined where it is no JSON. */
export function jsonOf(body: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Json;
  } catch {
    return undefined;
  }
}
