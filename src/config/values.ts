/** What each kind of setting looks like; shared by the environment and by a host's options. */
import { z } from 'zod';
import { betaModes, flagKinds } from '../lib/flags/documents.js';
import { BadRedisUrl } from '../lib/state/errors.js';
import { parseRedisUrl } from '../lib/state/redis/address.js';

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Discord's ids: unsigned 64-bit numbers, written as text because a JavaScript number cannot hold them. */
export const snowflake = z.string().regex(/^\d{17,20}$/, 'is no id: 17 to 20 digits');

/** An id, or `#name` in the staff guild (Discord's channel names have no spaces and no capitals). */
export const channel = z
  .string()
  .regex(/^(?:\d{17,20}|#[^\s#\p{Lu}]{1,100})$/u, 'is neither a channel id nor a #name');

/** Only whether it can be understood: whether anything answers there shows when the store is opened. */
export const redisUrl = z.string().superRefine((value, context) => {
  try {
    parseRedisUrl(value);
  } catch (error) {
    if (!(error instanceof BadRedisUrl)) throw error;
    context.addIssue({ code: 'custom', message: error.message.replace(/^REDIS_URL |\.$/g, '') });
  }
});

export const dataDir = z.string().min(1, 'is empty');

export const release = z
  .string()
  .regex(/^[\w.+:@/-]{1,64}$/, 'has spaces or other unusual characters, or more than 64');

export const prefix = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'has characters other than letters, digits, - and _, or more than 64');

export const host = z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/, 'is no host name and no address');

export const port = z
  .number('is no number')
  .int('is no whole number')
  .min(0, 'is below 0')
  .max(65_535, 'is above 65535');

export const apiUrl = z.string().refine((value) => {
  const url = parsed(value);
  return url !== undefined && ['http:', 'https:'].includes(url.protocol);
}, 'is no http:// or https:// address');

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevelName = (typeof logLevels)[number];
export const logLevel = z.enum(logLevels, `is none of ${logLevels.join(', ')}`);

export const shard = z.number('is no number').int('is no whole number').min(0, 'is below 0');

const badCommandName = 'is neither false nor a lower-case name of 1 to 32 letters, digits, - and _';

/** A command's name in Discord, or false for none. */
export const commandName = z.union(
  [z.literal(false), z.string().regex(/^[-_'\p{Ll}\p{Lo}\p{N}]{1,32}$/u, badCommandName)],
  badCommandName,
);

const oneOf = (names: readonly string[]): string => `is none of ${names.join(', ')}`;

/** A flag that the bot's code declares. The rules that need other flags (cycles, unknown names) are the flags room's. */
export const declaredFlag = z.strictObject({
  description: z.string('is missing').min(1, 'is empty').max(500, 'is longer than 500 characters'),
  kind: z.enum(flagKinds, oneOf(flagKinds)).optional(),
  owner: z.string().nullable().optional(),
  beta: z.enum(betaModes, oneOf(betaModes)).optional(),
  optOut: z.enum(['until-release', 'always'], 'is neither until-release nor always').optional(),
  requires: z.array(z.string()).optional(),
  expiresAt: z.number().int().nullable().optional(),
  seed: z.string().nullable().optional(),
});

/** Short ones can be guessed from one message that somebody saw. */
export const webhookSecret = z.string().min(16, 'has fewer than 16 characters');

/** RFC 6750: what may stand behind "Bearer ". */
export const bearerToken = z
  .string()
  .regex(/^[\w.~+/-]+=*$/, 'is no bearer token (without "Bearer " before it)');
