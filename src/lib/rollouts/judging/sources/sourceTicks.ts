/** What another system counted, kept for the interval: for two weeks of spans some dozens of ticks. */
import type { ArmCounts, Tick } from '../../../health/judging/ticks.js';
import { riskRatioInterval, type RiskRatioInterval } from '../../../health/judging/riskRatio.js';
import type { SourceTicks } from '../../documents.js';
import { intervalAlpha } from '../guards.js';

export const noTicks: SourceTicks = { ticks: [], startsAt: [], from: 0 };

/** Where a span lies. Real time, ms since epoch. */
export interface Place {
  readonly from: number;
  /** When what is served last changed. */
  readonly servedAt: number;
  /** Whether a process of the evidence begins with it. */
  readonly begins: boolean;
}

/**
 * One span more. Those of one start are added up as long as the same share is served: where the arms' exposures keep their
 * proportion, the evidence of a sum is the sum of the evidence.
 */
export function withTick(kept: SourceTicks, tick: Tick, { from, servedAt, begins }: Place): SourceTicks {
  const { ticks, startsAt } = kept;
  const newest = ticks.at(-1);
  if (newest !== undefined && !begins && kept.from >= servedAt) {
    const sum = { canary: sumOf(newest.canary, tick.canary), control: sumOf(newest.control, tick.control) };
    return { ...kept, ticks: [...ticks.slice(0, -1), sum] };
  }
  return { from, ticks: [...ticks, tick], startsAt: begins ? [...startsAt, ticks.length] : startsAt };
}

export function sumOf(a: ArmCounts, b: ArmCounts): ArmCounts {
  return { bad: a.bad + b.bad, exposure: a.exposure + b.exposure };
}

/** An interval is a search, and the same ticks are looked at by the judge, the card and whoever asks. */
const known = new WeakMap<SourceTicks, RiskRatioInterval>();

/** Null where nothing was compared yet. */
export function intervalOfSource(kept: SourceTicks | undefined): RiskRatioInterval | null {
  if (kept === undefined || kept.ticks.length === 0) return null;
  const found =
    known.get(kept) ?? riskRatioInterval(kept.ticks, { alpha: intervalAlpha, startsAt: kept.startsAt });
  known.set(kept, found);
  return found;
}
