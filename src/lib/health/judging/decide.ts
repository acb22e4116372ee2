/** The decision, in its fixed order: ROLLBACK before PAUSE before HOLD before CONTINUE. */
import { lnLimit } from './eProcess.js';
import type { Consequence } from './metricDefaults.js';
import {
  decisionDefaults,
  type Comparison,
  type DecisionSettings,
  type Findings,
  type PhaseProgress,
  type Reason,
  type Verdict,
} from './verdict.js';

/**
 * What to do with a rollout now, and why; every reason of the chosen kind is given. No I/O, no clock: the same findings lead
 * to the same verdict.
 */
export function decide(findings: Findings, settings: DecisionSettings = decisionDefaults): Verdict {
  const toRollBack = reasonsToRollBack(findings);
  if (isSome(toRollBack))
    return { action: 'ROLLBACK', reasons: toRollBack, endsWith: null, asksStaff: false };

  const toPause = reasonsToPause(findings, settings);
  if (isSome(toPause))
    return { action: 'PAUSE', reasons: toPause, endsWith: pauseEndsWith(toPause), asksStaff: false };

  const { phase } = findings;
  const toHold = reasonsToHold(phase, settings);
  const isOverdue = phase.elapsedMs > 2 * phase.durationMs;
  if (isSome(toHold)) return { action: 'HOLD', reasons: toHold, endsWith: null, asksStaff: isOverdue };

  const inconclusive = phase.isLast ? reasonsToAsk(findings, settings) : [];
  if (isSome(inconclusive)) return { action: 'HOLD', reasons: inconclusive, endsWith: null, asksStaff: true };

  return { action: 'CONTINUE', reasons: reasonsToContinue(findings), endsWith: null, asksStaff: false };
}

function reasonsToRollBack(findings: Findings): Reason[] {
  return [
    ...proven(findings, 'ROLLBACK'),
    ...findings.failedSmokeTests.map((test): Reason => ({ code: 'SMOKE_TEST_FAILED', test })),
  ];
}

function reasonsToPause(findings: Findings, { maxSilenceMs }: DecisionSettings): Reason[] {
  const { msSinceFlush, sampleRatio, incident } = findings;
  const reasons = proven(findings, 'PAUSE');
  // Written so that NaN counts as silence: no data is never healthy.
  const isHeard = msSinceFlush !== null && msSinceFlush <= maxSilenceMs;
  if (!isHeard) reasons.push({ code: 'NO_TELEMETRY', silentMs: msSinceFlush });
  if (sampleRatio?.isMismatch) reasons.push({ code: 'SAMPLE_RATIO_MISMATCH', sampleRatio });
  if (incident !== null) reasons.push({ code: 'INCIDENT', incident });
  return reasons;
}

function proven({ hardLimits, comparisons }: Findings, consequence: Consequence): Reason[] {
  const hasReached = ({ leadsTo, peakLnE, alpha }: Comparison): boolean =>
    leadsTo === consequence && peakLnE >= lnLimit(alpha);
  return [
    ...hardLimits
      .filter(({ leadsTo }) => leadsTo === consequence)
      .map((limit): Reason => ({ code: 'HARD_LIMIT', limit })),
    ...comparisons.filter(hasReached).map((comparison): Reason => ({ code: 'EVIDENCE', comparison })),
  ];
}

/** Silence and incidents pass; everything else someone has to look at. */
function pauseEndsWith(reasons: readonly Reason[]): 'cause' | 'person' {
  return reasons.every(({ code }) => code === 'NO_TELEMETRY' || code === 'INCIDENT') ? 'cause' : 'person';
}

function reasonsToHold(phase: PhaseProgress, settings: DecisionSettings): Reason[] {
  const reasons: Reason[] = [];
  const remainingMs = phase.durationMs - phase.elapsedMs;
  if (remainingMs > 0) reasons.push({ code: 'TIME_NOT_OVER', remainingMs });
  const guilds = phase.isCompared ? minGuilds(phase, settings) : 1;
  if (phase.activeCanaryGuilds < guilds) {
    reasons.push({ code: 'TOO_FEW_GUILDS', seen: phase.activeCanaryGuilds, needed: guilds });
  }
  if (!phase.isCompared) return phase.areProbesGreen ? reasons : [...reasons, { code: 'PROBES_NOT_GREEN' }];
  const commands = minCommands(phase, settings);
  if (phase.judgedCommands < commands) {
    reasons.push({ code: 'TOO_FEW_COMMANDS', seen: phase.judgedCommands, needed: commands });
  }
  return reasons;
}

/** Half of a small phase's guilds are enough, but never none. */
function minGuilds({ expectedCanaryGuilds }: PhaseProgress, settings: DecisionSettings): number {
  return Math.max(1, Math.min(settings.minGuilds, Math.ceil(expectedCanaryGuilds / 2)));
}

/** A quiet phase's usual day is enough, but never nothing. */
function minCommands({ usualDailyCommands }: PhaseProgress, settings: DecisionSettings): number {
  return Math.max(1, Math.min(settings.minCommands, Math.ceil(usualDailyCommands ?? Infinity)));
}

function reasonsToAsk({ comparisons, phase }: Findings, { tolerance }: DecisionSettings): Reason[] {
  if (!phase.isCompared) return [];
  const isWithin = ({ interval }: Comparison): boolean =>
    interval === null || (interval.upper !== null && interval.upper < tolerance);
  return comparisons
    .filter((comparison) => comparison.leadsTo === 'ROLLBACK' && !isWithin(comparison))
    .map((comparison): Reason => ({ code: 'INCONCLUSIVE', comparison, tolerance }));
}

function reasonsToContinue({ comparisons, phase }: Findings): [Reason, ...Reason[]] {
  // A metric may be compared at several margins; what it could have missed is the same at each.
  const byMetric = new Map(comparisons.map((comparison) => [comparison.metric, comparison]));
  const missed = [...byMetric.values()].flatMap(({ metric, interval }): Reason[] =>
    interval === null ? [] : [{ code: 'NOTHING_FOUND', metric, couldHaveMissed: interval.upper }],
  );
  return phase.isCompared && isSome(missed) ? missed : [{ code: 'NOT_COMPARABLE' }];
}

function isSome(reasons: Reason[]): reasons is [Reason, ...Reason[]] {
  return reasons.length > 0;
}
