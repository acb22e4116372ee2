/** A rollout as people are shown it: plain data, with the sentences already made. The card, `status` and `list` draw it. */
import type { Stamp } from '../flags/documents.js';
import type { Verdict } from '../health/judging/verdict.js';
import type { News, RolloutState } from './documents.js';
import type { GuardAction } from './plans/Plan.js';

export interface StepStatus {
  readonly name: string;
  /** As the plan says. */
  readonly basisPoints: number;
  /** What is served while the rollout runs (the hold-back stays out). */
  readonly servedBasisPoints: number;
  readonly durationMs: number;
  readonly is: 'done' | 'now' | 'next';
  /** False where there is nothing to compare with: hand-picked targets only. */
  readonly isCompared: boolean;
  readonly targets: number;
  /** Domain time; null where it has not begun. */
  readonly beganAt: number | null;
}

export interface GuardStatus {
  /** `errors@1.2`: unique. */
  readonly id: string;
  readonly metric: 'errors' | 'latency' | 'satisfaction';
  readonly margin: number;
  readonly action: GuardAction;
  /** `ok`, `proven` (its limit was reached) or `no data`. */
  readonly is: 'ok' | 'proven' | 'no data';
  /** Canary over control; null = the control had nothing bad to compare with. */
  readonly ratio: number | null;
  /** Surely at least; 0 = nothing proven. */
  readonly atLeast: number;
  /** Surely below; null = not known yet. */
  readonly below: number | null;
  /** How far the evidence has come to its limit, 0…1. */
  readonly toLimit: number;
  /** Plain words: "Errors ran 1.02x the control's in 112 guilds. A rise to 1.6x could have been missed." */
  readonly text: string;
}

/** One metric of another system. */
export interface SourceStatus {
  /** As in the plan: unique. */
  readonly name: string;
  readonly action: GuardAction;
  /** `ok`, `proven` (its limit was reached) or `no data`. */
  readonly is: 'ok' | 'proven' | 'no data';
  /** `1.02× (0.81…1.63)`, or `12.5 (absolute)` where it is compared with nothing: what it is at; empty without data. */
  readonly figure: string;
  /** To be read after "rolls back when": "surely above 1.2x", "above 100". */
  readonly limit: string;
  /** Plain words, with every number behind it, or why there is no data. */
  readonly text: string;
}

/** What people can ask for; the card's buttons and the commands. */
export const rolloutActions = [
  'acknowledge',
  'pause',
  'resume',
  'advance',
  'rollback',
  'cancel',
  'approve',
  'decline',
] as const;
export type RolloutAction = (typeof rolloutActions)[number];

/** The errors' ratio over time, for the chart. */
export interface RatioChart {
  /** `at` domain time; limits null where not known. Oldest first, thinned to at most 200. */
  readonly points: readonly {
    readonly at: number;
    readonly ratio: number | null;
    readonly lower: number;
    readonly upper: number | null;
  }[];
  readonly phases: readonly { readonly at: number; readonly name: string }[];
  /** The margin above which proven errors roll back. */
  readonly limit: number;
}

export interface RolloutStatus {
  readonly id: string;
  /** What a button carries: an action for an older revision is refused as stale. */
  readonly revision: number;
  readonly flag: string;
  readonly plan: string;
  readonly state: RolloutState;
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  /** One line: "Running: beta_guilds, 5 % of guilds". */
  readonly headline: string;
  readonly steps: readonly StepStatus[];
  /** Index into `steps` of the one that is served. */
  readonly step: number;
  readonly phase: {
    /** Domain time in ms, without gaps and pauses. */
    readonly elapsedMs: number;
    readonly durationMs: number;
    /** 0 where its time is over. */
    readonly remainingMs: number;
  };
  /** Whom it reaches now. */
  readonly reach: {
    readonly guilds: number;
    readonly members: number;
    readonly outOf: number;
    /** Guilds with the feature that were active in the step, and their runs. */
    readonly activeGuilds: number;
    readonly runs: number;
  };
  readonly guards: readonly GuardStatus[];
  readonly sources: readonly SourceStatus[];
  /** The last verdict in plain words, one sentence each; empty before the first. */
  readonly verdict: {
    readonly action: Verdict['action'];
    readonly sentences: readonly string[];
    readonly at: number;
  } | null;
  /** What happens next, and when (domain time; null = not known): "Goes on to gradual_rollout 10 %". */
  readonly next: { readonly text: string; readonly at: number | null };
  /** Why it does not go on although nothing was found wrong; null where nothing stands in its way. */
  readonly obstacle: string | null;
  readonly approval: {
    readonly why: string;
    readonly askedBy: string;
    /** Names this request, for the button that answers it. */
    readonly asked: number;
    readonly given: (Stamp & { readonly isBreakGlass: boolean }) | null;
  } | null;
  readonly started: Stamp & { readonly name: string };
  readonly updatedAt: number;
  readonly paused: {
    readonly by: string;
    readonly at: number;
    readonly reason: string | undefined;
    readonly endsByItself: boolean;
  } | null;
  readonly acknowledged: Stamp | null;
  readonly ended: (Stamp & { readonly how: 'completed' | 'rolled-back' | 'cancelled' }) | null;
  /** What the environment imposes: "FEATURE_FLAGS_ENABLED=false: every flag is off in this process." */
  readonly overrides: readonly string[];
  /** Oldest first; for the thread: tell what is newer than what was told last. */
  readonly news: readonly News[];
  /** What may be asked of it in this state (rights are the caller's to check). */
  readonly can: readonly RolloutAction[];
}

/** `/rollout explain` and "Why?". */
export interface RolloutExplanation {
  readonly status: RolloutStatus;
  /** Every reason of the last verdict, in plain words. */
  readonly sentences: readonly string[];
  /** Every number behind each guard: counts of both arms, evidence, limit, interval. */
  readonly guards: readonly {
    readonly guard: GuardStatus;
    readonly canary: { readonly bad: number; readonly exposure: number };
    readonly control: { readonly bad: number; readonly exposure: number };
    readonly ticks: number;
    readonly lnE: number;
    readonly lnLimit: number;
    /** "Were nothing wrong, evidence this strong would appear in fewer than 1 of this many rollouts." */
    readonly oneIn: number;
  }[];
  /** Guilds that weigh most in the last day: most failures with the feature first. */
  readonly guilds: readonly {
    readonly id: string;
    readonly name: string;
    readonly arm: 'canary' | 'control';
    readonly runs: number;
    readonly failures: number;
  }[];
  readonly chart: RatioChart;
}
