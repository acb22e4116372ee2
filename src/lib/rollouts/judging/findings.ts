/** Everything that the judge looks at for one rollout, as one value. */
import { sampleRatio, type SampleRatio } from '../../health/judging/sampleRatio.js';
import {
  decisionDefaults,
  type DecisionSettings,
  type Findings,
  type PhaseProgress,
} from '../../health/judging/verdict.js';
import type { EvidenceDocument, RolloutDocument, TickSummary } from '../documents.js';
import type { PlanGuard } from '../plans/Plan.js';
import { isComparedStep, isLastStep, servedBasisPoints } from '../serving.js';
import { comparisons, guardId, intervalOver, isProven, ticksOf } from './guards.js';
import { areProbesGreen, hardLimits, type LimitFacts } from './hardLimits.js';
import { sourceComparisons, sourceLimits } from './sources/sourceFindings.js';

/** Of a rollout, as it stands now. */
export type FailedSmokeTests = (rollout: Pick<RolloutDocument, 'id' | 'created'>) => readonly string[];

export interface Measured extends LimitFacts {
  readonly failedSmokeTests: readonly string[];
  readonly judgedMs: number;
  /** Real time, ms; null = never. */
  readonly lastFlushAt: number | null;
  readonly incident: string | null;
  /** Of all guilds, how many the step gives the feature. */
  readonly expectedGuilds: number;
  readonly usualDailyCommands: number | null;
  /** Of the rollout so far; asked for only where an interval is wanted. */
  readonly ticks: () => readonly TickSummary[];
}

/** Judged time since the step began, without the time in which it stood still. */
export function elapsedMs(document: RolloutDocument, judgedMs: number): number {
  return (document.stoppedJudgedMs ?? judgedMs) - document.stepBeganJudgedMs;
}

export function isTimeOver(document: RolloutDocument, judgedMs: number): boolean {
  return elapsedMs(document, judgedMs) >= (document.plan.steps[document.step]?.durationMs ?? 0);
}

export function findings(
  document: RolloutDocument,
  evidence: EvidenceDocument,
  measured: Measured,
): Findings {
  // An interval is a search through all ticks: wanted where a step could be left, and where people will be told of a finding.
  const isWanted =
    isTimeOver(document, measured.judgedMs) ||
    document.plan.guards.some((guard) => isProven(guard, evidence.guards[guardId(guard)]));
  const ticks = isWanted ? measured.ticks() : [];
  const intervalOf = (metric: PlanGuard['metric']) =>
    isWanted ? intervalOver(ticksOf(metric, ticks), evidence.startsAt) : null;
  return {
    comparisons: [...comparisons(document, evidence, intervalOf), ...sourceComparisons(document, evidence)],
    hardLimits: [...hardLimits(document, measured), ...sourceLimits(document, evidence, measured.realNow)],
    failedSmokeTests: measured.failedSmokeTests,
    msSinceFlush: measured.lastFlushAt === null ? null : Math.max(0, measured.realNow - measured.lastFlushAt),
    sampleRatio: shareOf(document),
    incident: measured.incident,
    phase: phaseOf(document, measured),
  };
}

export function settingsOf({ plan }: RolloutDocument): DecisionSettings {
  return {
    ...decisionDefaults,
    minGuilds: plan.minExposure.guilds,
    minCommands: plan.minExposure.commands,
    tolerance: plan.tolerance,
  };
}

function phaseOf(document: RolloutDocument, measured: Measured): PhaseProgress {
  const { plan, step, progress } = document;
  const isCompared = isComparedStep(document, step);
  return {
    elapsedMs: elapsedMs(document, measured.judgedMs),
    durationMs: plan.steps[step]?.durationMs ?? 0,
    isCompared,
    isLast: isLastStep(plan, step),
    activeCanaryGuilds: isCompared ? progress.canaryGuilds : progress.chosenGuilds,
    expectedCanaryGuilds: measured.expectedGuilds,
    judgedCommands: progress.canaryRuns,
    usualDailyCommands: measured.usualDailyCommands,
    areProbesGreen: areProbesGreen(measured.processes),
  };
}

/** Whether guilds reach the arms in the step's share. */
function shareOf(document: RolloutDocument): SampleRatio | null {
  const { plan, step, progress } = document;
  if (!isComparedStep(document, step)) return null;
  const { canaryGuilds: canary, controlGuilds: control } = progress;
  const phases = plan.steps.filter((_, at) => isComparedStep(document, at)).length;
  return sampleRatio(
    { canary, control },
    { expectedShare: servedBasisPoints(document, step) / 10_000, phases },
  );
}
