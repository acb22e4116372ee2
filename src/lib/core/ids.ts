import { randomBytes } from 'node:crypto';

/** A source of random bytes; injected where a test needs the same ids every time. */
export type RandomBytes = (size: number) => Uint8Array;

/** Crockford's base 32: no I, L, O, U, so that a person can read an id aloud. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A random id of `length` characters (5 bits each), in upper-case Crockford base 32.
 *
 * @example newId(20) // "7F3K2QX0M9C4TZ8WB1RE"
 */
export function newId(length = 20, random: RandomBytes = randomBytes): string {
  let id = '';
  for (const byte of random(length)) id += alphabet[byte & 31];
  return id;
}
