/** Hours in which nothing is widened. */
import type { QuietHours } from './plans/Plan.js';

const minuteMs = 60_000;
/** A span of any length within a day ends within this. */
const furthestMinutes = 8 * 24 * 60;

/** When the quiet hours that hold now end (domain time, to the minute); null where none do. */
export function quietUntil(hours: QuietHours | null, now: number): number | null {
  if (hours === null || !isQuiet(hours, now)) return null;
  const minute = Math.floor(now / minuteMs);
  for (let ahead = 1; ahead <= furthestMinutes; ahead++) {
    const at = (minute + ahead) * minuteMs;
    if (!isQuiet(hours, at)) return at;
  }
  return (minute + furthestMinutes) * minuteMs;
}

export function isQuiet({ from, to, timeZone, days }: QuietHours, at: number): boolean {
  const { day, minutes } = localTime(timeZone, at);
  if (from === to) return days.includes(day);
  if (from < to) return days.includes(day) && from <= minutes && minutes < to;
  if (minutes >= from) return days.includes(day);
  // After midnight it is still the span of the day before.
  return minutes < to && days.includes((day + 6) % 7);
}

const formats = new Map<string, Intl.DateTimeFormat>();
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function localTime(timeZone: string, at: number): { readonly day: number; readonly minutes: number } {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    day: weekdays.indexOf(parts['weekday'] ?? ''),
    minutes: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}
