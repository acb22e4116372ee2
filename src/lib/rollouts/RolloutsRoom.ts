/** The rollouts room as the rest of the house sees it, on `container.rollouts.rollouts`; `Rollouts` fills it. */
import type { Actor } from '../flags/changes.js';
import type { BlastRadius, Settled } from '../flags/results.js';
import type { Suggestion } from '../flags/FlagsRoom.js';
import type { Freeze } from '../flags/documents.js';
import type { ListedPlan, Plan } from './plans/Plan.js';
import type { RatioChart, RolloutExplanation, RolloutStatus } from './RolloutStatus.js';
import type { Simulation } from './simulate/Simulation.js';

/** Who asks, and what an answer may rest on. Rights were checked by the caller. */
export interface RolloutRequest {
  readonly by: Actor;
  /** ≤ 500 characters. */
  readonly reason?: string;
  /** The revision that the person saw; where it has moved on the request is refused as stale. */
  readonly revision?: number;
  /** Widen although everything is frozen: for admins, with a reason; announced. */
  readonly overridesFreeze?: boolean;
}

export interface ApproveRequest extends RolloutRequest {
  /** By an admin alone, with a reason. @default false */
  readonly breakGlass?: boolean;
  /** What the person saw asked ({@link RolloutStatus.approval}): where something else is asked by now, it is refused as stale. */
  readonly asked?: number;
}

export interface DeclineRequest extends RolloutRequest {
  /** What was wrong, for whoever asked. */
  readonly reason: string;
  /** As with {@link ApproveRequest}. */
  readonly asked?: number;
}

export interface StartRequest extends RolloutRequest {
  readonly flag: string;
  /** @default the built-in plan */
  readonly plan?: string;
  /** Guilds (ids) for targets of the plan that mean nothing here; kept as cohorts of those names. */
  readonly guilds?: readonly string[];
  /** Domain time, ms since epoch; at once where absent. */
  readonly startAt?: number;
  /** What a person saw and confirmed. */
  readonly confirmed?: StartProposal;
}

export interface StartProposal {
  readonly flag: string;
  readonly plan: Plan;
  readonly title: string;
  /** The first step's. */
  readonly blast: BlastRadius;
  readonly needsConfirmation: boolean;
  /** Steps that a second person has to approve, and why. */
  readonly approvals: readonly { readonly step: string; readonly why: string }[];
  readonly notes: readonly string[];
  /** Version of the flag it was computed from. */
  readonly flagVersion: number;
}

export interface AdvanceRequest extends RolloutRequest {
  /** What a person saw and confirmed. */
  readonly confirmed?: AdvanceProposal;
}

/** What going on now would do. */
export interface AdvanceProposal {
  readonly rollout: string;
  /** As it was computed from: where the rollout has moved on, the proposal is stale. */
  readonly revision: number;
  readonly flag: string;
  readonly flagVersion: number;
  /** Index of the step that would be entered; null: the rollout would be complete. */
  readonly step: number | null;
  readonly blast: BlastRadius;
  /** More than a quarter of all guilds, everyone, quiet hours, or what the plan wants two people for where nobody may approve. */
  readonly needsConfirmation: boolean;
  /** Why a second person has to agree first; null where nobody has to, or somebody has. */
  readonly secondPerson: string | null;
  readonly notes: readonly string[];
}

/** How a request ended, as far as is known now. Refusals are thrown, each a RolloutError. */
export type RolloutAnswer =
  | { readonly status: 'done'; readonly rollout: RolloutStatus }
  /** It was so already. */
  | { readonly status: 'unchanged'; readonly rollout: RolloutStatus }
  /** The store fell silent in mid-commit; `settled` resolves within seconds to what really happened. */
  | { readonly status: 'checking'; readonly settled: Promise<Settled> };

/** The same, or what a person must confirm first; nothing was changed then. */
export type StartOutcome = RolloutAnswer | { readonly status: 'confirm'; readonly proposal: StartProposal };
export type AdvanceOutcome =
  RolloutAnswer | { readonly status: 'confirm'; readonly proposal: AdvanceProposal };

export interface RolloutFilter {
  /** True: only those under way; false: only those that are over. */
  readonly isOpen?: boolean;
  /** Domain time: of those that are over only the ones that ended then or later. */
  readonly endedSince?: number;
}

export interface FreezeRequest {
  readonly by: Actor;
  readonly reason: string;
  /** Domain time; absent = until someone stops it. */
  readonly until?: number;
  /** Pauses rollouts, too. @default false */
  readonly isIncident?: boolean;
  /** Takes the place also of one that holds longer, or of an incident: that ends it, which is for admins. @default false */
  readonly mayEase?: boolean;
}

export interface FreezeStarted {
  readonly freeze: Freeze;
  /** The one that was in force until now. */
  readonly replaced: Freeze | undefined;
}

export interface FreezeRoom {
  /** The freeze that holds now; undefined where there is none, or its time is over. */
  current(): Freeze | undefined;
  /** Takes the place of the one in force. Throws NotNow where that would ease it, and `mayEase` does not say that it may. */
  start(request: FreezeRequest): Promise<FreezeStarted>;
  /** Throws NotNow where nothing is frozen. */
  stop(by: Actor, reason?: string): Promise<void>;
}

export interface RolloutsRoom {
  readonly freeze: FreezeRoom;

  /** All that can be started, and every file that is broken, with where and why. */
  plans(): readonly ListedPlan[];
  /** Throws UnknownPlan with the nearest names, BrokenPlan with the problems. */
  plan(name: string): Plan;
  /**
   * Tries a plan out on the bot's own recorded days, which takes seconds and changes nothing.
   *
   * @param plan the built-in one where absent; throws as {@link plan} does
   */
  simulate(plan?: string): Promise<Simulation>;

  /** What starting would do; throws what `start` would. */
  propose(request: StartRequest): Promise<StartProposal>;
  start(request: StartRequest): Promise<StartOutcome>;

  /** `rollout`: an id, or a flag's key (its running rollout, else its newest). All of them throw UnknownRollout. */
  pause(rollout: string, request: RolloutRequest): Promise<RolloutAnswer>;
  resume(rollout: string, request: RolloutRequest): Promise<RolloutAnswer>;
  /** On to the next step (or completion) now, whatever its time; never against proven harm, a freeze or a missing approval. */
  advance(rollout: string, request: AdvanceRequest): Promise<AdvanceOutcome>;
  /** What advancing would do now; throws what `advance` would before it asks anybody. */
  proposeAdvance(rollout: string, request: RolloutRequest): Promise<AdvanceProposal>;
  rollback(rollout: string, request: RolloutRequest): Promise<RolloutAnswer>;
  /** `keep`: the percentage stays as it is served now; `restore`: back to what it was before. */
  cancel(
    rollout: string,
    request: RolloutRequest & { readonly leave: 'keep' | 'restore' },
  ): Promise<RolloutAnswer>;
  /** By a second person. With `breakGlass` also by the first, with a reason; the approvers are pinged. */
  approve(rollout: string, request: ApproveRequest): Promise<RolloutAnswer>;
  /** A second person says no: what has not begun is cancelled, and what has is paused until an admin resumes it. */
  decline(rollout: string, request: DeclineRequest): Promise<RolloutAnswer>;
  /** Someone has seen it: kept on the card. */
  acknowledge(rollout: string, request: RolloutRequest): Promise<RolloutAnswer>;

  status(rollout: string): Promise<RolloutStatus>;
  /** Those under way first, then the newest. */
  list(filter?: RolloutFilter): Promise<readonly RolloutStatus[]>;
  explain(rollout: string): Promise<RolloutExplanation>;
  chart(rollout: string): Promise<RatioChart>;

  /** Best match first, at most 25; values are ids. */
  suggestRollouts(typed: string, filter?: { readonly isOpen?: boolean }): readonly Suggestion[];
  suggestPlans(typed: string): readonly Suggestion[];
}
