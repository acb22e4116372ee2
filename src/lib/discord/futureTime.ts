/** When something begins or ends, as people type it. */
import { RolloutError } from '../core/RolloutError.js';

export class BadTime extends RolloutError {
  public readonly code = 'BAD_TIME';
}

const unitMs: Readonly<Record<string, number>> = { min: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const next = 'Give a time from now such as 30min, 4h or 2d, or a moment in UTC such as 2027-01-31 09:00.';

/**
 * `4h` or `2027-01-31 09:00` (UTC) -> ms since epoch, domain time. Throws {@link BadTime} for anything else, moments that do not
 * exist and moments that are over.
 */
export function parseFutureTime(typed: string, now: number): number {
  const text = typed.trim();
  const after = /^(?:in\s+)?(\d{1,5})\s*(min|h|d|w)$/i.exec(text);
  if (after !== null) {
    const ms = Number(after[1]) * (unitMs[(after[2] ?? '').toLowerCase()] ?? 0);
    if (ms === 0) throw new BadTime('That is now, and it must lie in the future.', { next });
    return now + ms;
  }
  const moment = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})Z?$/i.exec(text);
  const at = moment === null ? Number.NaN : Date.parse(`${moment[1]}T${moment[2]}:00.000Z`);
  // Some engines roll 02-30 over, so that it is read back.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(`${moment?.[1]}T${moment?.[2]}`))
    throw new BadTime(`"${text}" is no time.`, { next });
  if (at <= now) throw new BadTime(`${text} UTC is over.`, { next });
  return at;
}
