/** Times as Discord words them: `<t:…:R>` and its eight sisters. */
import type { TimeStyle } from './nodes.js';

const formats: Record<Exclude<TimeStyle, 'R'>, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

function relative(seconds: number, locale: string): string {
  const [unit, length] = units.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(seconds / length), unit);
}

/** @param atMs the time told; @param nowMs the reader's clock (both ms since epoch). */
export function formatTime(atMs: number, style: TimeStyle, nowMs: number, locale: string): string {
  // Discord allows times that no calendar can show; a number is better than an exception.
  if (Math.abs(atMs) > 8.64e15) return String(atMs / 1000);
  return style === 'R'
    ? relative(Math.round((atMs - nowMs) / 1000), locale)
    : new Intl.DateTimeFormat(locale, formats[style]).format(atMs);
}
