/** The small values of a plan file, each with words for what is right. */
import { z } from 'zod';
import { durationIn } from '../../yaml/duration.js';

/** `20%`, `"20 %"` or `20`; answers a fraction. */
export const share = z
  .union(
    [z.number(), z.string().regex(/^\s*\d+(\.\d+)?\s*%?\s*$/, 'expected a percentage, for example 20%')],
    {
      error: 'expected a percentage, for example 20%',
    },
  )
  .transform((value) => (typeof value === 'number' ? value : Number.parseFloat(value)) / 100)
  .refine((value) => value >= 0, 'a percentage cannot be below 0');

/** A share of guilds, 0–100 % in steps of 0.01; answers basis points. */
export const basisPoints = share
  .refine((value) => value <= 1, 'a percentage of guilds lies between 0 and 100')
  .transform((value) => Math.round(value * 1_000_000) / 100)
  .refine((value) => Number.isInteger(value), 'a percentage of guilds goes in steps of 0.01');

/** `24h`, `90m`, `3d`, `2w`; answers ms. */
export const duration = durationIn(['m', 'h', 'd', 'w'], '90m, 24h, 3d or 2w');

/** `22:00`; answers minutes after midnight. */
export const timeOfDay = z
  .string('expected a time of day, for example "22:00"')
  .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'expected a time of day, for example "22:00"')
  .transform((text) => {
    const [hours = 0, minutes = 0] = text.split(':').map(Number);
    return hours * 60 + minutes;
  });

export const timeZone = z
  .string()
  .refine(isTimeZone, 'expected the name of a time zone, for example Europe/Berlin');

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** A list of one and more, or the one alone. */
export function oneOrMore<Schema extends z.ZodType>(schema: Schema) {
  return z
    .union([schema, z.array(schema).min(1, 'expected at least one')])
    .transform((value): readonly z.output<Schema>[] =>
      Array.isArray(value) ? (value as z.output<Schema>[]) : [value as z.output<Schema>],
    );
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // That it throws is the answer.
    return false;
  }
}
