/** How numbers, times and people read in this room's sentences. */
import type { Stamp } from './documents.js';

/** `25 %`, `0.01 %`. */
export function percent(basisPoints: number): string {
  return `${basisPoints / 100} %`;
}

/** `3 May`, with the year where it is not the year of `now`. Days are UTC's. */
export function day(at: number, now: number): string {
  const sameYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear();
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(at);
}

/** ` on 3 May (reason)`, to end a sentence with. */
export function stamped(stamp: Stamp, now: number): string {
  return ` on ${day(stamp.at, now)}${stamp.reason === undefined ? '' : ` (${stamp.reason})`}`;
}

/** `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
