/**
 * The judge's arithmetic for anyone's own metrics: `import { lnEvidence } from 'sapphire-plugin-rollouts/judging'`.
 * Pure functions on counts; no client, no store, no clock.
 */
export { InvalidObservation, InvalidSetting } from './lib/health/judging/errors.js';
export type { ArmCounts, Tick } from './lib/health/judging/ticks.js';
export { bets, lnEvidence, lnLimit, type EvidenceOptions } from './lib/health/judging/eProcess.js';
export { lnMixture } from './lib/health/judging/starts.js';
export {
  ratioGrid,
  riskRatio,
  riskRatioInterval,
  type IntervalOptions,
  type RiskRatioInterval,
} from './lib/health/judging/riskRatio.js';
export {
  afresh,
  hasReached,
  newEvidence,
  takeIn,
  type EvidenceState,
  type NewEvidenceOptions,
  type NumberedTick,
} from './lib/health/judging/evidence.js';
export { RunningEvidence, type StartedProcess } from './lib/health/judging/RunningEvidence.js';
export {
  lnShareEvidence,
  sampleRatio,
  type SampleRatio,
  type SampleRatioOptions,
} from './lib/health/judging/sampleRatio.js';
export {
  coarseBucket,
  coarsen,
  fineBucket,
  mergeHistograms,
  type Histogram,
} from './lib/health/judging/latencyBuckets.js';
export {
  freezeCuts,
  shiftFor,
  slowFraction,
  type CutShift,
  type LatencyCut,
} from './lib/health/judging/latencyCuts.js';
export { frozenOffset, type GuildHistory } from './lib/health/judging/offsets.js';
export {
  comparableUnits,
  errorTick,
  latencyViews,
  ratingTick,
  type UnitCounts,
} from './lib/health/judging/units.js';
export type { HardLimit, HardLimitName } from './lib/health/judging/hardLimits/HardLimit.js';
export { decide } from './lib/health/judging/decide.js';
export {
  decisionDefaults,
  type Comparison,
  type DecisionSettings,
  type Findings,
  type PhaseProgress,
  type Reason,
  type Verdict,
} from './lib/health/judging/verdict.js';
export { explain, type Explanation } from './lib/health/judging/explanation.js';
