/** How long, in words, as exact as a card needs. */
import { span as exactly } from '../core/span.js';

const minuteMs = 60_000;

/** `2 d 3 h`, `45 min`, `less than a minute`. @param ms rounded down to minutes; negative counts as nothing */
export function span(ms: number): string {
  return ms < minuteMs ? 'less than a minute' : exactly(ms - (ms % minuteMs));
}

/** The same for what is always on the move: only as exact as anyone needs, so that a card is not edited for every minute. */
export function roughSpan(ms: number): string {
  const step = ms >= 86_400_000 ? 3_600_000 : ms >= 3_600_000 ? 600_000 : minuteMs;
  return span(Math.floor(ms / step) * step);
}
