/** When a flag should be gone, as people type it. */
import { RolloutError } from '../core/RolloutError.js';

export class BadExpiry extends RolloutError {
  public readonly code = 'BAD_EXPIRY';
}

const dayMs = 86_400_000;
const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };
const next = 'Give a day such as 2027-01-31, a time from now such as 30d, 8w or 6m, or "never".';

/**
 * `2027-01-31` (its end, UTC) or `30d` -> ms since epoch, domain time; `never` -> null.
 * Throws {@link BadExpiry} for anything else, days that do not exist and days that are over.
 */
export function parseExpiry(typed: string, now: number): number | null {
  const text = typed.trim().toLowerCase();
  if (text === 'never' || text === 'none') return null;
  const span = /^(\d{1,4})\s*([dwmy])$/.exec(text);
  if (span !== null) {
    const days = Number(span[1]) * (unitDays[span[2] ?? ''] ?? 0);
    if (days === 0) throw new BadExpiry('An expiry must lie in the future.', { next });
    return now + days * dayMs;
  }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T23:59:59.999Z`) : Number.NaN;
  // Date.parse refuses 2027-13-01; some engines roll 02-30 over, so that it is read back.
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== text)
    throw new BadExpiry(`"${typed.trim()}" is no day and no span of time.`, { next });
  if (day <= now) throw new BadExpiry(`${text} is over.`, { next });
  return day;
}
