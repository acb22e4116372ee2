/** The rollouts room: plans, rollouts that judge themselves, freezes. */
import { randomBytes } from 'node:crypto';
import { systemClock } from '../core/Clock.js';
import type { DamagedDocument, Suggestion } from '../flags/FlagsRoom.js';
import { suggestNames } from '../flags/suggestions.js';
import type { Conflict } from '../state/errors.js';
import type { Fence, Follower } from '../state/Store.js';
import { Advancer } from './acting/Advancer.js';
import { Asking } from './acting/Asking.js';
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
import { Freezing } from './acting/Freezing.js';
import { RolloutCommits, type RolloutPart } from './acting/RolloutCommits.js';
import { Starter } from './acting/Starter.js';
import { takenBack } from './acting/takenBack.js';
import { waitFor } from './acting/waitFor.js';
import type { RolloutDocument } from './documents.js';
import { Judge } from './judging/Judge.js';
import { lookedAtOnce } from './judging/lookedAtOnce.js';
import { Obstacles } from './judging/Obstacles.js';
import { Reach } from './judging/Reach.js';
import { prometheusSources } from './judging/sources/prometheusSources.js';
import { SourceReader } from './judging/sources/SourceReader.js';
import { UnitReader } from './judging/UnitReader.js';
import type { ListedPlan, Plan } from './plans/Plan.js';
import { RolloutIndex } from './RolloutIndex.js';
import { RolloutsReplica } from './RolloutsReplica.js';
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
import { Showing } from './showing/Showing.js';
import { Simulating } from './simulate/Simulating.js';
import type { Simulation } from './simulate/Simulation.js';

export type * from './RolloutsRoom.js';
export type { RolloutsRoomOptions } from './RolloutsRoomOptions.js';

/** The owner lets the store tell {@link follower} of every commit, and gives {@link turn} to the lease holder's loop. */
export class Rollouts implements RolloutsRoom {
  public readonly freeze: FreezeRoom;
  private readonly replica: RolloutsReplica;
  private readonly index: RolloutIndex;
  private readonly commits: RolloutCommits;
  private readonly judge: Judge;
  private readonly asking: Asking;
  private readonly starter: Starter;
  private readonly advancer: Advancer;
  private readonly showing: Showing;
  private readonly simulating = new Simulating();
  private readonly closing = new AbortController();

  public constructor(private readonly options: RolloutsRoomOptions) {
    const { store, flags, records, feedback, clock, hasApprovers, overrides = [] } = options;
    const {
      realTime = systemClock,
      random = randomBytes,
      onDue,
      gatePassed = () => undefined,
      failedSmokeTests = () => [],
      wait = waitFor,
    } = options;
    const replica = new RolloutsReplica(realTime, ({ state }) => {
      if (state === 'draft' || state === 'waiting' || state === 'rolling-back') onDue?.();
    });
    this.replica = replica;
    this.index = new RolloutIndex(replica);
    const commits = new RolloutCommits({ store, flags, replica, random });
    this.commits = commits;
    const reach = new Reach(flags);
    const units = new UnitReader(records);
    const sources = new SourceReader(options.sourceOf ?? prometheusSources(options.prometheusToken));
    const obstacles = new Obstacles({ flags, feedback, hasApprovers, gatePassed });
    this.judge = new Judge({
      ...{
        store,
        flags,
        replica,
        records,
        feedback,
        commits,
        units,
        sources,
        reach,
        clock,
        realTime,
        random,
      },
      failedSmokeTests,
      obstacles,
    });
    this.asking = new Asking({
      ...{ store, flags, replica, commits, clock, realTime, random, wait },
      signal: this.closing.signal,
      find: (rollout) => this.index.find(rollout),
      statusOf: (document) => Promise.resolve(this.showing.status(document)),
    });
    this.starter = new Starter({
      ...{ flags, random, clock, hasApprovers },
      asking: this.asking,
      plan: (name) => this.plan(name),
    });
    this.advancer = new Advancer({
      ...{ flags, clock, hasApprovers, obstacles },
      asking: this.asking,
      find: (rollout) => this.index.find(rollout),
    });
    const judgedMs = (): number => this.asking.moment({ by: { id: '', name: '' } }).judgedMs;
    this.showing = new Showing({ flags, replica, records, clock, overrides, judgedMs });
    this.freeze = new Freezing({ store, flags, clock, random });
  }

  /** What `store.follow` is given, after the flags' own follower. */
  public get follower(): Follower {
    const { replica, judge, options } = this;
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
    return this.judge.turn(fence);
  }

  /** Documents that were found damaged; their rollouts stand still. */
  public damaged(): readonly DamagedDocument[] {
    return this.replica.damaged;
  }

  /** As they stand in state, whatever became of them. */
  public get documents(): Iterable<RolloutDocument> {
    return this.replica.rollouts.values();
  }

  /** For the room of rollbacks, which takes an open rollout back, or holds it still, in a commit of its own. */
  public part(document: RolloutDocument, how: 'roll-back' | 'pause', request: RolloutRequest): RolloutPart {
    const change = takenBack(document, how, this.asking.moment(request));
    const { by, reason } = request;
    const title = `The rollout of ${document.flag} is ${change.document.state}`;
    return this.commits.part({ before: document, change, by, reason, title });
  }

  /** Another room's commit met a document that is newer than it is known here. */
  public saw({ ns, key, current }: Conflict): void {
    this.replica.adopt(ns, key, current, current?.v ?? Number.MAX_SAFE_INTEGER);
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
    return this.starter.propose(request);
  }

  public start(request: StartRequest): Promise<StartOutcome> {
    return this.starter.start(request);
  }

  public pause(rollout: string, request: RolloutRequest): Promise<RolloutAnswer> {
    return this.asking.ask(rollout, request, 'Pause the rollout', askPause);
  }

  public resume(rollout: string, request: RolloutRequest): Promise<RolloutAnswer> {
    return this.asking.ask(rollout, request, 'Resume the rollout', (document, moment) => {
      checkNothingAgainst(document, this.options.flags.world);
      return askResume(document, moment);
    });
  }

  public proposeAdvance(rollout: string, request: RolloutRequest): Promise<AdvanceProposal> {
    return this.advancer.propose(rollout, request);
  }

  public advance(rollout: string, request: AdvanceRequest): Promise<AdvanceOutcome> {
    return this.advancer.advance(rollout, request);
  }

  public rollback(rollout: string, request: RolloutRequest): Promise<RolloutAnswer> {
    return this.asking.ask(rollout, request, 'Roll back the rollout', askRollback);
  }

  public cancel(
    rollout: string,
    request: RolloutRequest & { readonly leave: 'keep' | 'restore' },
  ): Promise<RolloutAnswer> {
    return this.asking.ask(rollout, request, 'Cancel the rollout', (document, moment) =>
      askCancel(document, moment, request.leave),
    );
  }

  public approve(rollout: string, request: ApproveRequest): Promise<RolloutAnswer> {
    return this.asking.ask(rollout, request, 'Approve the rollout', (document, moment) =>
      askApprove(document, moment, request.breakGlass === true, request.asked),
    );
  }

  public decline(rollout: string, request: DeclineRequest): Promise<RolloutAnswer> {
    return this.asking.ask(rollout, request, 'Decline the rollout', (document, moment) =>
      askDecline(document, moment, request.asked),
    );
  }

  public acknowledge(rollout: string, request: RolloutRequest): Promise<RolloutAnswer> {
    return this.asking.ask(rollout, request, 'Acknowledge the rollout', askAcknowledge);
  }

  public status(rollout: string): Promise<RolloutStatus> {
    return this.answer(() => this.showing.status(this.index.find(rollout)));
  }

  public list(only: RolloutFilter = {}): Promise<readonly RolloutStatus[]> {
    return this.answer(() => this.index.all(only).map((document) => this.showing.status(document)));
  }

  public explain(rollout: string): Promise<RolloutExplanation> {
    return this.answer(() => this.showing.explain(this.index.find(rollout)));
  }

  public chart(rollout: string): Promise<RatioChart> {
    return this.answer(() => this.showing.chart(this.index.find(rollout)));
  }

  public suggestRollouts(typed: string, only: { readonly isOpen?: boolean } = {}): readonly Suggestion[] {
    return this.index.suggest(typed, only);
  }

  public suggestPlans(typed: string): readonly Suggestion[] {
    return suggestNames(typed, this.options.plans().names);
  }

  /** A refusal is a rejection, whoever asks. */
  private async answer<T>(make: () => T | Promise<T>): Promise<T> {
    return make();
  }
}
