/** The rollouts room: plans, rollouts that judge themselves, freezes. */
import type { DamagedDocument, Suggestion } from '../flags/FlagsRoom.js';
import { suggestNames } from '../flags/suggestions.js';
import type { Conflict } from '../state/errors.js';
import type { Fence, Follower } from '../state/Store.js';
import {
  askAcknowledge,
  askApprove,
  askCancel,
  askDecline,
  askPause,
  askResume,
  askRollback,
  checkNothingAgainst,
} from './acting/asked.js';
import type { RolloutPart } from './acting/RolloutCommits.js';
import { takenBack } from './acting/takenBack.js';
import type { RolloutDocument } from './documents.js';
import { lookedAtOnce } from './judging/lookedAtOnce.js';
import { type RolloutPieces, rolloutPieces } from './pieces.js';
import type { ListedPlan, Plan } from './plans/Plan.js';
import type {
  AdvanceOutcome,
  AdvanceProposal,
  AdvanceRequest,
  ApproveRequest,
  DeclineRequest,
  FreezeRoom,
  RolloutAnswer,
  RolloutFilter,
  RolloutRequest,
  RolloutsRoom,
  StartOutcome,
  StartProposal,
  StartRequest,
} from './RolloutsRoom.js';
import type { RolloutsRoomOptions } from './RolloutsRoomOptions.js';
import type { RatioChart, RolloutExplanation, RolloutStatus } from './RolloutStatus.js';
import { Simulating } from './simulate/Simulating.js';
import type { Simulation } from './simulate/Simulation.js';

export type * from './RolloutsRoom.js';
export type { RolloutsRoomOptions } from './RolloutsRoomOptions.js';

/** The owner lets the store tell {@link follower} of every commit, and gives {@link turn} to the lease holder's loop. */
export class Rollouts implements RolloutsRoom {
  public readonly freeze: FreezeRoom;
  private readonly pieces: RolloutPieces;
  private readonly simulating = new Simulating();
  private readonly closing = new AbortController();

  public constructor(private readonly options: RolloutsRoomOptions) {
    this.pieces = rolloutPieces(options, this.closing.signal);
    this.freeze = this.pieces.freezing;
  }

  /** What `store.follow` is given, after the flags' own follower. */
  public get follower(): Follower {
    const { options } = this;
    const { replica, judge } = this.pieces;
    return {
      commits: (commits) => {
        replica.commits(commits);
        const concerned = lookedAtOnce(commits, replica.open, options.flags.world);
        if (concerned.length === 0) return;
        judge.lookAt(concerned);
        options.onDue?.();
      },
      reload: (state) => replica.reload(state),
      reachable: (isReachable) => replica.reachable(isReachable),
    };
  }

  /** The judge's turn. @returns ms of real time until the next */
  public turn(fence: Fence): Promise<number> {
    return this.pieces.judge.turn(fence);
  }

  /** Documents that were found damaged; their rollouts stand still. */
  public damaged(): readonly DamagedDocument[] {
    return this.pieces.replica.damaged;
  }

  /** As they stand in state, whatever became of them. */
  public get documents(): Iterable<RolloutDocument> {
    return this.pieces.replica.rollouts.values();
  }

  /** For the room of rollbacks, which takes an open rollout back, or holds it still, in a commit of its own. */
  public part(document: RolloutDocument, how: 'roll-back' | 'pause', request: RolloutRequest): RolloutPart {
    const change = takenBack(document, how, this.pieces.asking.moment(request));
    const { by, reason } = request;
    const title = `The rollout of ${document.flag} is ${change.document.state}`;
    return this.pieces.commits.part({ before: document, change, by, reason, title });
  }

  /** Another room's commit met a document that is newer than it is known here. */
  public saw({ ns, key, current }: Conflict): void {
    this.pieces.replica.adopt(ns, key, current, current?.v ?? Number.MAX_SAFE_INTEGER);
  }

  /** Ends what still waits for the store to answer. */
  public close(): void {
    this.closing.abort();
  }

  public plans(): readonly ListedPlan[] {
    return this.options.plans().all;
  }

  public plan(name?: string): Plan {
    return this.options.plans().plan(name);
  }

  public async simulate(name?: string): Promise<Simulation> {
    const plan = this.plan(name);
    const { records, flags, clock } = this.options;
    const [now, guilds] = [clock.now(), flags.directory.all.length];
    return this.simulating.run({ plan, records, now, guilds });
  }

  public propose(request: StartRequest): Promise<StartProposal> {
    return this.pieces.starter.propose(request);
  }

  public start(request: StartRequest): Promise<StartOutcome> {
    return this.pieces.starter.start(request);
  }

  public pause(rollout: string, request: RolloutRequest): Promise<RolloutAnswer> {
    return this.pieces.asking.ask(rollout, request, 'Pause the rollout', askPause);
  }

  public resume(rollout: string, request: RolloutRequest): Promise<RolloutAnswer> {
    return this.pieces.asking.ask(rollout, request, 'Resume the rollout', (document, moment) => {
      checkNothingAgainst(document, this.options.flags.world);
      return askResume(document, moment);
    });
  }

  public proposeAdvance(rollout: string, request: RolloutRequest): Promise<AdvanceProposal> {
    return this.pieces.advancer.propose(rollout, request);
  }

  public advance(rollout: string, request: AdvanceRequest): Promise<AdvanceOutcome> {
    return this.pieces.advancer.advance(rollout, request);
  }

  public rollback(rollout: string, request: RolloutRequest): Promise<RolloutAnswer> {
    return this.pieces.asking.ask(rollout, request, 'Roll back the rollout', askRollback);
  }

  public cancel(
    rollout: string,
    request: RolloutRequest & { readonly leave: 'keep' | 'restore' },
  ): Promise<RolloutAnswer> {
    return this.pieces.asking.ask(rollout, request, 'Cancel the rollout', (document, moment) =>
      askCancel(document, moment, request.leave),
    );
  }

  public approve(rollout: string, request: ApproveRequest): Promise<RolloutAnswer> {
    return this.pieces.asking.ask(rollout, request, 'Approve the rollout', (document, moment) =>
      askApprove(document, moment, request.breakGlass === true, request.asked),
    );
  }

  public decline(rollout: string, request: DeclineRequest): Promise<RolloutAnswer> {
    return this.pieces.asking.ask(rollout, request, 'Decline the rollout', (document, moment) =>
      askDecline(document, moment, request.asked),
    );
  }

  public acknowledge(rollout: string, request: RolloutRequest): Promise<RolloutAnswer> {
    return this.pieces.asking.ask(rollout, request, 'Acknowledge the rollout', askAcknowledge);
  }

  public status(rollout: string): Promise<RolloutStatus> {
    return this.answer(() => this.pieces.showing.status(this.pieces.index.find(rollout)));
  }

  public list(only: RolloutFilter = {}): Promise<readonly RolloutStatus[]> {
    return this.answer(() =>
      this.pieces.index.all(only).map((document) => this.pieces.showing.status(document)),
    );
  }

  public explain(rollout: string): Promise<RolloutExplanation> {
    return this.answer(() => this.pieces.showing.explain(this.pieces.index.find(rollout)));
  }

  public chart(rollout: string): Promise<RatioChart> {
    return this.answer(() => this.pieces.showing.chart(this.pieces.index.find(rollout)));
  }

  public suggestRollouts(typed: string, only: { readonly isOpen?: boolean } = {}): readonly Suggestion[] {
    return this.pieces.index.suggest(typed, only);
  }

  public suggestPlans(typed: string): readonly Suggestion[] {
    return suggestNames(typed, this.options.plans().names);
  }

  /** A refusal is a rejection, whoever asks. */
  private async answer<T>(make: () => T | Promise<T>): Promise<T> {
    return make();
  }
}
