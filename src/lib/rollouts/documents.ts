/** The documents of this room as they stand in state. Changing a shape means raising `schema` and writing a migration. */
import type { Stamp } from '../flags/documents.js';
import type { EvidenceState } from '../health/judging/evidence.js';
import type { ArmCounts, Tick } from '../health/judging/ticks.js';
import type { Verdict } from '../health/judging/verdict.js';
import type { Plan } from './plans/Plan.js';

/**
 * `draft`: asked for; what guilds usually do is being frozen · `waiting`: for an approval or its time to start · `running` ·
 * `holding`: the step's time is over, and something is still missing · `paused` · `rolling-back` · and three ends.
 */
export const rolloutStates = [
  'draft',
  'waiting',
  'running',
  'holding',
  'paused',
  'rolling-back',
  'completed',
  'rolled-back',
  'cancelled',
] as const;
export type RolloutState = (typeof rolloutStates)[number];

/** Why nothing goes on although the judge found nothing wrong. */
export type Obstacle =
  | { readonly code: 'START_TIME'; readonly at: number }
  | { readonly code: 'APPROVAL'; readonly why: string }
  | { readonly code: 'FREEZE'; readonly reason: string; readonly until: number | null }
  | { readonly code: 'QUIET_HOURS'; readonly until: number }
  | { readonly code: 'CRITERION'; readonly criterion: string }
  | { readonly code: 'EVERYTHING_OFF' };

/** Why it is paused. */
export interface Pause {
  readonly since: Stamp;
  /** `cause`: it ends by itself with what caused it; `person`: someone must resume. */
  readonly endsWith: 'cause' | 'person';
  /** The judge's reasons; null where a person paused it. */
  readonly verdict: Verdict | null;
}

export interface Approval {
  /** The step that it is for. */
  readonly step: number;
  readonly why: string;
  /** Who asked for what is to be approved: may not approve it. */
  readonly askedBy: string;
  readonly given: (Stamp & { readonly isBreakGlass: boolean }) | null;
  /** What was approved, as a digest: an approval does not hold for anything else. */
  readonly basis: string;
  /** The rollout's revision with which it was asked: names this request, whatever else moves on meanwhile. */
  readonly asked?: number;
}

/** One line of what happened, for the card's thread. */
export interface News {
  /** Counts up without gaps. */
  readonly n: number;
  readonly at: number;
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  readonly text: string;
}

/** Distinct guilds that were active in the step, and what they did. */
export interface StepProgress {
  readonly canaryGuilds: number;
  readonly controlGuilds: number;
  /** Targets and other guilds that chose themselves, with the feature. */
  readonly chosenGuilds: number;
  /** Of the canary guilds, those in which anything failed. */
  readonly failingGuilds: number;
  readonly canaryRuns: number;
  readonly controlRuns: number;
  /** The most canary guilds of any count before this one: evidence comes from them, too. Absent = none. */
  readonly guildsBefore?: number;
}

/** `rollouts:<id>` */
export interface RolloutDocument {
  readonly v: number;
  readonly schema: 1;
  readonly id: string;
  readonly flag: string;
  /** As it was when the rollout was started, whatever became of the file. */
  readonly plan: Plan;
  readonly state: RolloutState;
  /** Grows when a person would see something else: state, step, verdict, approval. Buttons carry it. */
  readonly revision: number;
  readonly created: Stamp & { readonly name: string };
  readonly updated: Stamp;
  readonly startAt: number | null;
  /** When the freeze began that whoever started it overrode: it does not hold the first step. */
  readonly startsInSpiteOf?: number;
  /** The plan's index of the step that is served. */
  readonly step: number;
  /** When each step that was entered began, domain time. */
  readonly stepsBegan: readonly number[];
  /** The judged time ({@link JudgedTimeDocument}) at which the step began; moved on by pauses. */
  readonly stepBeganJudgedMs: number;
  /** Judged time at which it was paused or began to wait; null = it counts. */
  readonly stoppedJudgedMs: number | null;
  /** Guild ids of each step, resolved when the rollout was started. */
  readonly targets: readonly (readonly string[])[];
  /** What the flag was before. */
  readonly before: { readonly enabled: boolean; readonly basisPoints: number };
  /** When this rollout last changed what is served; null = not yet. */
  readonly served: { readonly at: number; readonly realAt: number } | null;
  readonly pause: Pause | null;
  readonly obstacle: Obstacle | null;
  readonly approval: Approval | null;
  readonly verdict: (Verdict & { readonly at: number }) | null;
  readonly progress: StepProgress;
  /** Units taken in, as spans of unit numbers, ascending; both ends included. */
  readonly taken: readonly (readonly [from: number, to: number])[];
  /** How many ticks were taken in. */
  readonly ticks: number;
  /** Judged gaps up to this one were dealt with. */
  readonly gapsSeen: number;
  /** Staff were asked about a step that holds for too long, or about an inconclusive end. */
  readonly asked: boolean;
  /** When a person last resumed it: reports before that do not pause it again. */
  readonly resumedAt: number | null;
  /** Guards of action `notify` that have told. */
  readonly told: readonly string[];
  /** The newest 40. */
  readonly news: readonly News[];
  readonly newsCount: number;
  readonly acknowledged: Stamp | null;
  readonly ended: (Stamp & { readonly how: 'completed' | 'rolled-back' | 'cancelled' }) | null;
}

/** `rollouts:<id>.evidence`, written in one commit with what it led to. */
export interface EvidenceDocument {
  readonly v: number;
  readonly schema: 1;
  readonly id: string;
  /** By guard: `errors@1.2`. */
  readonly guards: Readonly<Record<string, EvidenceState>>;
  /** What other systems said, by the metric's name in the plan. */
  readonly sources?: Readonly<Record<string, SourceState>>;
  /** Positions of the distinct guilds seen in the step, packed: 4 bytes each, base64. */
  readonly seen: {
    readonly canary: string;
    readonly control: string;
    readonly chosen: string;
    readonly failing: string;
  };
  /** Indices (into all ticks) at which processes began, for the intervals. */
  readonly startsAt: readonly number[];
}

/** What another system said about one metric. Times are real time, ms since epoch: it knows no other. */
export interface SourceState {
  /** What it said up to then was taken in. */
  readonly until: number;
  /** End of the newest span about which it said something that can be used; null = never. */
  readonly heardAt: number | null;
  /** Why nothing came the last time; null where something did. */
  readonly silence: string | null;
  /** Null where the metric is no comparison. */
  readonly evidence: EvidenceState | null;
  /** Sums over all ticks. */
  readonly canary: ArmCounts;
  readonly control: ArmCounts;
  /** For the interval; absent where nothing was compared yet. */
  readonly ticks?: SourceTicks;
  /** The newest number, where the metric is one. */
  readonly value: number | null;
}

/** A source's spans, those of one start and one served share added up. */
export interface SourceTicks {
  readonly ticks: readonly Tick[];
  /** Indices of the ticks with which processes of the evidence began. */
  readonly startsAt: readonly number[];
  /** Where the newest tick begins. */
  readonly from: number;
}

/** What one unit said, a tick a metric. */
export interface TickSummary {
  readonly unit: number;
  readonly step: number;
  readonly errors: Tick;
  /** Runs slower than the control's slowest tenth used to be; null without latency cuts. */
  readonly slow: Tick | null;
  readonly ratings: Tick | null;
}

/** `rollouts:<id>.ticks.<day>`: the ticks of one day (days since epoch), for the rollout's life. */
export interface TicksDocument {
  readonly v: number;
  readonly schema: 1;
  readonly id: string;
  readonly ticks: readonly TickSummary[];
}

/**
 * `settings:judged-time`: domain time without gaps and jumps. Phases are measured by it: a clock that is set, a night in which
 * the bot was off or a store that was away make no phase shorter.
 */
export interface JudgedTimeDocument {
  readonly v: number;
  readonly schema: 1;
  readonly judgedMs: number;
  /** When it was last moved on. */
  readonly at: number;
  readonly realAt: number;
  /** The last gap; `n` counts them. */
  readonly gap: {
    readonly n: number;
    readonly at: number;
    readonly ms: number;
    readonly cause: 'store' | 'silence' | 'clock';
  } | null;
}
