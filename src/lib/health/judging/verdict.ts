/** What the judge is given, and what it answers with: data only, so that both can be stored, shown and tested. */
import type { HardLimit } from './hardLimits/HardLimit.js';
import type { Consequence } from './metricDefaults.js';
import type { RiskRatioInterval } from './riskRatio.js';
import type { SampleRatio } from './sampleRatio.js';

/** One comparison between the arms as it stands. */
export interface Comparison {
  readonly metric: string;
  /** psi0. */
  readonly margin: number;
  readonly alpha: number;
  readonly leadsTo: Consequence;
  /** The largest ln E_total so far. */
  readonly peakLnE: number;
  /** At the plan's alpha for intervals (default 0.05); null where the metric has no ratio to show. */
  readonly interval: RiskRatioInterval | null;
}

/** Where the phase stands. */
export interface PhaseProgress {
  /** Domain time in ms since the phase began, without gaps. */
  readonly elapsedMs: number;
  readonly durationMs: number;
  /** False for hand-picked targets only: there is nothing to compare. */
  readonly isCompared: boolean;
  /** Whether this is the last phase that has a control. */
  readonly isLast: boolean;
  /** Distinct guilds with the feature that were active in the phase (without comparison: targets). */
  readonly activeCanaryGuilds: number;
  /** How many the phase expects. */
  readonly expectedCanaryGuilds: number;
  /** Commands judged in the canary during the phase. */
  readonly judgedCommands: number;
  /** What the phase's guilds usually run in a day; null = not known. */
  readonly usualDailyCommands: number | null;
  /** Whether every command probe answered well; asked only where nothing is compared. */
  readonly areProbesGreen: boolean;
}

/** Everything that the decision looks at. */
export interface Findings {
  readonly comparisons: readonly Comparison[];
  readonly hardLimits: readonly HardLimit[];
  /** Names of smoke tests that failed after a deployment. */
  readonly failedSmokeTests: readonly string[];
  /** Real time since any process last flushed its measurements, even empty ones; null = never. */
  readonly msSinceFlush: number | null;
  readonly sampleRatio: SampleRatio | null;
  /** Title of the open incident; null = none. */
  readonly incident: string | null;
  readonly phase: PhaseProgress;
}

export interface DecisionSettings {
  /** No flush for longer than this is no telemetry, in ms. */
  readonly maxSilenceMs: number;
  readonly minGuilds: number;
  readonly minCommands: number;
  /** The last phase goes on by itself only where every ratio is surely below this. */
  readonly tolerance: number;
}

export const decisionDefaults: DecisionSettings = {
  maxSilenceMs: 90_000,
  minGuilds: 10,
  minCommands: 500,
  tolerance: 2,
};

/** Why; one `code` a kind, with the numbers that explain it. */
export type Reason =
  | { readonly code: 'EVIDENCE'; readonly comparison: Comparison }
  | { readonly code: 'HARD_LIMIT'; readonly limit: HardLimit }
  | { readonly code: 'SMOKE_TEST_FAILED'; readonly test: string }
  | { readonly code: 'NO_TELEMETRY'; readonly silentMs: number | null }
  | { readonly code: 'SAMPLE_RATIO_MISMATCH'; readonly sampleRatio: SampleRatio }
  | { readonly code: 'INCIDENT'; readonly incident: string }
  | { readonly code: 'TIME_NOT_OVER'; readonly remainingMs: number }
  | { readonly code: 'TOO_FEW_GUILDS'; readonly seen: number; readonly needed: number }
  | { readonly code: 'TOO_FEW_COMMANDS'; readonly seen: number; readonly needed: number }
  | { readonly code: 'PROBES_NOT_GREEN' }
  | { readonly code: 'INCONCLUSIVE'; readonly comparison: Comparison; readonly tolerance: number }
  | { readonly code: 'NOT_COMPARABLE' }
  /** `couldHaveMissed`: the smallest ratio excluded; null = nothing below 20 is. */
  | { readonly code: 'NOTHING_FOUND'; readonly metric: string; readonly couldHaveMissed: number | null };

export interface Verdict {
  readonly action: 'ROLLBACK' | 'PAUSE' | 'HOLD' | 'CONTINUE';
  readonly reasons: readonly [Reason, ...Reason[]];
  /** For PAUSE: `cause` = it ends by itself with what caused it; `person` = someone must resume. */
  readonly endsWith: 'cause' | 'person' | null;
  /** For HOLD: true where staff are to be asked what to do. */
  readonly asksStaff: boolean;
}
