/** The evidence of one metric at one level as it lies in state: plain JSON in, one tick, plain JSON out. */
import { assertAlpha, assertCount, assertPositive, InvalidObservation } from './errors.js';
import { lnLimit } from './eProcess.js';
import { RunningEvidence, type StartedProcess } from './RunningEvidence.js';
import { assertTick, type Tick } from './ticks.js';

const hourMs = 3_600_000;

/** A month of 6-hour starts; older ones that say nothing make room. */
const maxLiveStarts = 120;

/** JSON-serialisable, immutable; written in one commit with what it led to. */
export interface EvidenceState {
  readonly schema: 1;
  /** psi0 of H0. */
  readonly margin: number;
  readonly startEveryMs: number;
  /** How many views of its units each tick brings (latency: one a cut; else 1). */
  readonly views: number;
  /** Id of the last tick taken in; -1 before the first. */
  readonly lastTick: number;
  /** How many processes have begun. */
  readonly begun: number;
  /** When the newest process began, domain time in ms; null before the first. */
  readonly newestStartAt: number | null;
  readonly live: readonly StartedProcess[];
  /** ln E_total after the last tick. */
  readonly lnE: number;
  /** The largest ln E_total so far: what is compared with ln(1/alpha). */
  readonly peakLnE: number;
}

/** One tick as the controller takes it in. */
export interface NumberedTick {
  /** Counts up without end, 0 or more; a tick whose id is not above the last one's has been taken in already. */
  readonly id: number;
  /** When the tick began, domain time in ms. Only decides when the next process begins. */
  readonly at: number;
  /** The same units seen through each view; as many as the state's `views`. */
  readonly views: readonly Tick[];
}

export interface NewEvidenceOptions {
  /** psi0: how many times the control's risk the canary's may be. */
  readonly margin: number;
  /** @default 6 hours */
  readonly startEveryMs?: number;
  /** @default 1 */
  readonly views?: number;
}

/** Nothing seen yet: E_total = 1. @throws InvalidSetting */
export function newEvidence({
  margin,
  startEveryMs = 6 * hourMs,
  views = 1,
}: NewEvidenceOptions): EvidenceState {
  assertPositive('margin', margin);
  assertPositive('startEveryMs', startEveryMs);
  assertCount('views', views);
  assertPositive('views', views);
  const nothing = { lastTick: -1, begun: 0, newestStartAt: null, live: [], lnE: 0, peakLnE: 0 };
  return { schema: 1, margin, startEveryMs, views, ...nothing };
}

/**
 * The state after one more tick. Taking in a tick again, or an older one, returns the state unchanged, so that a loop
 * killed between reading and writing may simply run again.
 *
 * @throws InvalidObservation where the tick's numbers, id, time or count of views cannot be right.
 */
export function takeIn(state: EvidenceState, tick: NumberedTick): EvidenceState {
  assertNumbered(state, tick);
  if (tick.id <= state.lastTick) return state;
  const evidence = RunningEvidence.restore(state, state.live, maxLiveStarts);
  const newestStartAt = anchor(state, tick.at);
  if (newestStartAt.begins) evidence.begin();
  evidence.add(tick.views);
  const lnE = evidence.lnTotal();
  return {
    ...state,
    lastTick: tick.id,
    begun: evidence.startsBegun,
    newestStartAt: newestStartAt.at,
    live: evidence.live(),
    lnE,
    peakLnE: Math.max(state.peakLnE, lnE),
  };
}

/** The same comparison from nothing, after a person resumed it; ticks seen before stay seen. */
export function afresh(state: EvidenceState): EvidenceState {
  return { ...newEvidence(state), lastTick: state.lastTick };
}

/** Whether H0 was ever rejected at this alpha. @throws InvalidSetting */
export function hasReached(state: EvidenceState, alpha: number): boolean {
  assertAlpha(alpha);
  return state.peakLnE >= lnLimit(alpha);
}

/** Whether a process begins with this tick. After the clock went back, the span is counted anew from there. */
function anchor({ newestStartAt, startEveryMs }: EvidenceState, at: number): { at: number; begins: boolean } {
  if (newestStartAt === null || at - newestStartAt >= startEveryMs) return { at, begins: true };
  return { at: Math.min(newestStartAt, at), begins: false };
}

function assertNumbered(state: EvidenceState, tick: NumberedTick): void {
  assertCount('The id of a tick', tick.id);
  if (!Number.isFinite(tick.at) || tick.views.length !== state.views) {
    throw new InvalidObservation(
      `Tick ${tick.id} brings ${tick.views.length} views at time ${tick.at}, where ${state.views} are expected.`,
      { next: 'Look at what counted it.', context: { id: tick.id, at: tick.at, views: tick.views.length } },
    );
  }
  tick.views.forEach(assertTick);
}
