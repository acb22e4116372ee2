/** Domain time without gaps and jumps, by which phases are measured. */
import type { JudgedTimeDocument } from '../documents.js';

type JudgedTime = Omit<JudgedTimeDocument, 'v'>;

export interface Moment {
  /** Domain time. */
  readonly now: number;
  readonly realNow: number;
  /** Of the domain clock. */
  readonly speed: number;
  /** The store was seen to be away since the turn before. */
  readonly storeWasAway: boolean;
}

/** A turn comes every 30 s; whoever was silent for longer has judged nothing meanwhile. Real time, ms. */
const longestTurnMs = 90_000;
/** Two machines' clocks, and a clock that is being set, may be so far apart. Real time, ms. */
const clockToleranceMs = 30_000;

export function judgedTimeFrom({ now, realNow }: Moment): JudgedTime {
  return { schema: 1, judgedMs: 0, at: now, realAt: realNow, gap: null };
}

/** Moved on to this moment. What is no credible step of both clocks is a gap, and counts for nothing. */
export function movedOn(time: JudgedTime, { now, realNow, speed, storeWasAway }: Moment): JudgedTime {
  const realMs = realNow - time.realAt;
  const domainMs = now - time.at;
  const moved = { ...time, at: now, realAt: realNow };
  const gap = (cause: NonNullable<JudgedTime['gap']>['cause'], ms: number): JudgedTime => ({
    ...moved,
    gap: { n: (time.gap?.n ?? 0) + 1, at: now, ms: Math.max(0, ms), cause },
  });
  if (realMs > longestTurnMs) return gap(storeWasAway ? 'store' : 'silence', realMs);
  const isCredible =
    realMs >= 0 && Math.abs(domainMs - realMs * speed) <= clockToleranceMs * Math.max(1, speed);
  if (!isCredible) return gap('clock', 0);
  return { ...moved, judgedMs: time.judgedMs + Math.max(0, domainMs) };
}
