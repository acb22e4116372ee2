/** Keys of an event that this bot does not know: refused, since a word that was left out by a slip of the pen is missed by nobody. */
import type { z } from 'zod';
import { nearestNames } from '../../flags/nearest.js';

/** Keys that begin so are the sender's own, and are never read, by no version. */
const ownKeys = 'x-';

export interface Misread {
  /** What is wrong, in one sentence. */
  readonly why: string;
  readonly next?: string;
}

/** The event without what its sender put into it for itself. */
export function withoutOwnKeys<Value>(json: Value): Value {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  return Object.fromEntries(Object.entries(json).filter(([key]) => !key.startsWith(ownKeys))) as Value;
}

/** @param known of the event itself; what lies deeper is written by programs, and named only */
export function unknownKey(issue: z.core.$ZodIssueUnrecognizedKeys, known: readonly string[]): Misread {
  const [key = ''] = issue.keys;
  const isOfEvent = issue.path.length === 0;
  const where = isOfEvent ? 'The event' : issue.path.join('.');
  const [near] = isOfEvent ? nearestNames(key, known, 1) : [];
  return {
    why: `${where} has a key "${shown(key)}", which this version of the bot does not know.`,
    next: [
      ...(near === undefined ? [] : [`Did you mean "${near}"?`]),
      ...(isOfEvent && near === undefined ? [`It knows ${known.join(', ')}.`] : []),
      'A key of a later version needs the bot of that version.',
      ...(isOfEvent ? [`Keys of your own begin with ${ownKeys}.`] : []),
    ].join(' '),
  };
}

const shown = (key: string): string => (key.length > 40 ? `${key.slice(0, 39)}…` : key);
