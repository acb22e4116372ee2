/** What `/hooks/deployments` takes, once the signature is right. */
import { z } from 'zod';
import type { Json } from '../../core/Json.js';
import { gateResult } from '../gate/resultSchema.js';
import { defaultEnvironment } from '../life/checkAnnouncement.js';
import { plainVersion } from '../life/plainVersion.js';
import { type Misread, unknownKey, withoutOwnKeys } from './unknownKey.js';

const version = z.string('is missing').min(1, 'is empty').max(64, 'has more than 64 characters');
const environment = z.string().max(32, 'has more than 32 characters').default(defaultEnvironment);

/** Null and nothing are the same: shells fill templates with empty text. */
const perhaps = (text: z.ZodString) =>
  text.nullish().transform((value) => (value === '' || value === null ? undefined : value));

const told = z.strictObject({
  event: z.enum(['started', 'finished', 'failed']),
  version,
  environment,
  summary: perhaps(z.string().max(1_000, 'has more than 1,000 characters')),
  link: perhaps(z.string().max(500, 'has more than 500 characters')),
});

const gate = z.strictObject({ event: z.literal('gate'), version, environment, gate: gateResult });

/** What its figures must be is said where they are kept. */
const metrics = z.strictObject({
  event: z.literal('metrics'),
  version: z.unknown().optional(),
  metrics: z.unknown().optional(),
  baseline: z.unknown().optional(),
});

const event = z.discriminatedUnion('event', [told, gate, metrics]);

export type DeploymentEvent = z.infer<typeof event>;

const kinds = [told, gate, metrics];

/** What may stand in an event of that kind; in any, where the kind is no kind. */
function knownIn(json: Json): readonly string[] {
  const meant = kinds.find(({ shape }) => shape.event.safeParse((json as { event?: unknown }).event).success);
  return [...new Set((meant === undefined ? kinds : [meant]).flatMap(({ shape }) => Object.keys(shape)))];
}

/** The event, or what is wrong with it. */
export function readEvent(
  body: Uint8Array,
): { readonly event: DeploymentEvent; readonly json: Json } | Misread {
  const json = withoutOwnKeys(jsonOf(body));
  if (json === undefined) return { why: 'The body is no JSON in UTF-8.' };
  const read = event.safeParse(json);
  if (!read.success) {
    const { issues } = read.error;
    // Said first: it is why another one is missing.
    const slip = issues.find(({ code }) => code === 'unrecognized_keys');
    if (slip?.code === 'unrecognized_keys') return unknownKey(slip, knownIn(json));
    const [issue] = issues;
    const where = issue?.path.join('.') ?? '';
    const what = `${where === '' ? '' : `${where} `}${issue?.message ?? ''}`;
    return { why: `The event is not understood: ${what}`.trim() };
  }
  const found = read.data;
  if (found.event === 'gate' && plainVersion(found.gate.release) !== plainVersion(found.version)) {
    return { why: `The gate is that of ${found.gate.release}, and not of ${found.version}.` };
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
