/** The guards of one tried rollout: the engine's own e-processes, without their documents. */
import { lnLimit } from '../../health/judging/eProcess.js';
import { RunningEvidence } from '../../health/judging/RunningEvidence.js';
import type { Tick } from '../../health/judging/ticks.js';
import type { PlanGuard } from '../plans/Plan.js';

/** 6 hours, as in a rollout. */
const startEveryUnits = 24;
const maxLiveStarts = 120;

interface Tried {
  readonly guard: PlanGuard;
  readonly limit: number;
  readonly evidence: RunningEvidence;
}

export class TryGuards {
  /** Units in which processes began. */
  public readonly startsAt: number[] = [];
  private readonly tried: readonly Tried[];
  private units = 0;

  /** @param cuts how many views latency has */
  public constructor(guards: readonly PlanGuard[], cuts: number) {
    this.tried = guards.map((guard) => ({
      guard,
      limit: lnLimit(guard.alpha),
      evidence:
        guard.metric === 'latency'
          ? new RunningEvidence(1, cuts, maxLiveStarts)
          : new RunningEvidence(guard.margin, 1, maxLiveStarts),
    }));
  }

  /** A unit in which nothing is compared; processes begin all the same. */
  public passUnit(): void {
    if (this.units % startEveryUnits === 0) {
      this.startsAt.push(this.units);
      for (const { evidence } of this.tried) evidence.begin();
    }
    this.units++;
  }

  /** The guard whose limit this unit reached, a rollback before a pause. */
  public takeUnit(viewsOf: (guard: PlanGuard) => readonly Tick[]): PlanGuard | null {
    this.passUnit();
    const reached: PlanGuard[] = [];
    for (const { guard, limit, evidence } of this.tried) {
      evidence.add(viewsOf(guard));
      if (evidence.reaches(limit)) reached.push(guard);
    }
    return reached.find(({ action }) => action === 'rollback') ?? reached[0] ?? null;
  }
}
