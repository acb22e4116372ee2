/** The rollouts room: plans, rollouts that judge themselves, freezes. */
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Clock, systemClock } from '../core/Clock.js';
import type { RandomBytes } from '../core/ids.js';
import type { DamagedDocument, Suggestion } from '../flags/FlagsRoom.js';
import type { FlagsService } from '../flags/FlagsService.js';
import { nearestNames } from '../flags/nearest.js';
import { suggestNames } from '../flags/suggestions.js';
import type { FeedbackRecords } from '../health/feedback/FeedbackRecords.js';
import type { HealthRecords } from '../health/recording/HealthRecords.js';
import type { MetricSource } from '../health/sources/MetricSource.js';
import type { PrometheusMetrics } from '../health/sources/planSchema.js';
import type { Fence, Follower, Store } from '../state/Store.js';
import { Asking } from './acting/Asking.js';
import {
  askAcknowledge,
  askApprove,
  askCancel,
  askPause,
  askResume,
  askRollback,
  check,
} from './acting/asked.js';
import { Freezing } from './acting/Freezing.js';
import { RolloutCommits } from './acting/RolloutCommits.js';
import { Starter } from './acting/Starter.js';
import { goOn } from './decisions.js';
import { type Moment } from './moment.js';
import type { Change } from './change.js';
import type { RolloutDocument } from './documents.js';
import { SecondPersonNeeded, UnknownRollout } from './errors.js';
import { Judge } from './judging/Judge.js';
import { Obstacles } from './judging/Obstacles.js';
import { Reach } from './judging/Reach.js';
import { prometheusSources } from './judging/sources/prometheusSources.js';
import { SourceReader } from './judging/sources/SourceReader.js';
import { UnitReader } from './judging/UnitReader.js';
import type { ListedPlan, Plan } from './plans/Plan.js';
import type { PlanShelf } from './plans/PlanShelf.js';
import { RolloutsReplica } from './RolloutsReplica.js';
import type {
  FreezeRoom,
  RolloutOutcome,
  RolloutRequest,
  RolloutsRoom,
  StartProposal,
  StartRequest,
} from './RolloutsRoom.js';
import type { RatioChart, RolloutExplanation, RolloutStatus } from './RolloutStatus.js';
import { Showing } from './showing/Showing.js';
import { Simulating } from './simulate/Simulating.js';
import type { Simulation } from './simulate/Simulation.js';
import { isOver } from './transitions.js';

export type * from './RolloutsRoom.js';

export interface RolloutsRoomOptions {
  readonly store: Store;
  readonly flags: FlagsService;
  readonly records: HealthRecords;
  readonly feedback: FeedbackRecords;
  readonly plans: () => PlanShelf;
  /** Domain time. */
  readonly clock: Clock;
  /** @default the machine's clock */
  readonly realTime?: Clock;
  readonly random?: RandomBytes;
  /** Whether anybody is configured who may approve. */
  readonly hasApprovers: boolean;
  readonly gatePassed?: (flag: string, gate: string) => boolean | undefined;
  /** What the environment imposes, in words, for the card. */
  readonly overrides?: readonly string[];
  /** Sent to the Prometheus that a plan names. */
  readonly prometheusToken?: string | undefined;
  /** Injected by tests. @default asks over HTTP */
  readonly sourceOf?: (settings: PrometheusMetrics) => MetricSource;
  /** Something is to be done at once. */
  readonly onDue?: () => void;
  /** Waits in real time; ends early when the signal is given. Injected by tests. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The owner lets the store tell {@link follower} of every commit, and gives {@link turn} to the lease holder's loop. */
export class Rollouts implements RolloutsRoom {
  public readonly freeze: FreezeRoom;
  private readonly replica: RolloutsReplica;
  private readonly judge: Judge;
  private readonly asking: Asking;
  private readonly starter: Starter;
  private readonly showing: Showing;
  private readonly obstacles: Obstacles;
  private readonly simulating = new Simulating();
  private readonly closing = new AbortController();

  public constructor(private readonly options: RolloutsRoomOptions) {
    const { store, flags, records, feedback, clock, hasApprovers, overrides = [] } = options;
    const {
      realTime = systemClock,
      random = randomBytes,
      onDue,
      gatePassed = () => undefined,
      wait = waitFor,
    } = options;
    const replica = new RolloutsReplica(realTime, ({ state }) => {
      if (state === 'draft' || state === 'waiting' || state === 'rolling-back') onDue?.();
    });
    this.replica = replica;
    const commits = new RolloutCommits({ store, flags, replica, random });
    const reach = new Reach(flags);
    const units = new UnitReader(records);
    const sources = new SourceReader(options.sourceOf ?? prometheusSources(options.prometheusToken));
    this.obstacles = new Obstacles({ flags, feedback, hasApprovers, gatePassed });
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
      obstacles: this.obstacles,
    });
    this.asking = new Asking({
      ...{ store, flags, replica, commits, clock, realTime, random, wait },
      signal: this.closing.signal,
      find: (rollout) => this.find(rollout),
      statusOf: (document) => Promise.resolve(this.showing.status(document)),
    });
    this.starter = new Starter({
      ...{ flags, random, clock, hasApprovers },
      asking: this.asking,
      plan: (name) => this.plan(name),
    });
    const judgedMs = (): number => this.asking.moment({ by: { id: '', name: '' } }).judgedMs;
    this.showing = new Showing({ flags, replica, records, clock, overrides, judgedMs });
    this.freeze = new Freezing({ store, flags, clock, random });
  }

  /** What `store.follow` is given, after the flags' own follower. */
  public get follower(): Follower {
    return this.replica;
  }

  /** The judge's turn. @returns ms of real time until the next */
  public turn(fence: Fence): Promise<number> {
    return this.judge.turn(fence);
  }

  /** Documents that were found damaged; their rollouts stand still. */
  public damaged(): readonly DamagedDocument[] {
    return this.replica.damaged;
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

  public start(request: StartRequest): Promise<RolloutOutcome> {
    return this.starter.start(request);
  }

  public pause(rollout: string, request: RolloutRequest): Promise<RolloutOutcome> {
    return this.asking.ask(rollout, request, 'Pause the rollout', askPause);
  }

  public resume(rollout: string, request: RolloutRequest): Promise<RolloutOutcome> {
    return this.asking.ask(rollout, request, 'Resume the rollout', askResume);
  }

  public async advance(rollout: string, request: RolloutRequest): Promise<RolloutOutcome> {
    let asks = false;
    const outcome = await this.asking.ask(
      rollout,
      request,
      'Advance the rollout',
      async (document, moment) => {
        const change = await this.advanced(document, moment);
        asks = change.document.obstacle?.code === 'APPROVAL';
        return change;
      },
    );
    if (!asks) return outcome;
    throw new SecondPersonNeeded(
      'This step needs a second person. They have been asked in the staff channel.',
      {
        next: 'It goes on by itself once they used /rollout approve and its time is over, or ask again then.',
      },
    );
  }

  public rollback(rollout: string, request: RolloutRequest): Promise<RolloutOutcome> {
    return this.asking.ask(rollout, request, 'Roll back the rollout', askRollback);
  }

  public cancel(
    rollout: string,
    request: RolloutRequest & { readonly leave: 'keep' | 'restore' },
  ): Promise<RolloutOutcome> {
    return this.asking.ask(rollout, request, 'Cancel the rollout', (document, moment) =>
      askCancel(document, moment, request.leave),
    );
  }

  public approve(
    rollout: string,
    request: RolloutRequest & { readonly breakGlass?: boolean },
  ): Promise<RolloutOutcome> {
    return this.asking.ask(rollout, request, 'Approve the rollout', (document, moment) =>
      askApprove(document, moment, request.breakGlass === true),
    );
  }

  public acknowledge(rollout: string, request: RolloutRequest): Promise<RolloutOutcome> {
    return this.asking.ask(rollout, request, 'Acknowledge the rollout', askAcknowledge);
  }

  public status(rollout: string): Promise<RolloutStatus> {
    return this.answer(() => this.showing.status(this.find(rollout)));
  }

  public list({ isOpen }: { readonly isOpen?: boolean } = {}): Promise<readonly RolloutStatus[]> {
    return this.answer(() => this.documents(isOpen).map((document) => this.showing.status(document)));
  }

  public explain(rollout: string): Promise<RolloutExplanation> {
    return this.answer(() => this.showing.explain(this.find(rollout)));
  }

  public chart(rollout: string): Promise<RatioChart> {
    return this.answer(() => this.showing.chart(this.find(rollout)));
  }

  public suggestRollouts(
    typed: string,
    { isOpen }: { readonly isOpen?: boolean } = {},
  ): readonly Suggestion[] {
    const documents = this.documents(isOpen);
    const byName = new Map(documents.map(({ id, flag, state }) => [`${flag} (${state}, ${id})`, id]));
    return suggestNames(typed, [...byName.keys()]).map(({ name, value }) => ({
      name,
      value: byName.get(value) ?? value,
    }));
  }

  public suggestPlans(typed: string): readonly Suggestion[] {
    return suggestNames(typed, this.options.plans().names);
  }

  /** Those under way first, then the newest. */
  private documents(isOpen: boolean | undefined): readonly RolloutDocument[] {
    return [...this.replica.rollouts.values()]
      .filter(({ state }) => isOpen === undefined || isOpen !== isOver(state))
      .sort((a, b) => Number(isOver(a.state)) - Number(isOver(b.state)) || b.created.at - a.created.at);
  }

  private find(rollout: string): RolloutDocument {
    const byId = this.replica.rollouts.get(rollout.toUpperCase());
    const found = byId ?? this.documents(undefined).find(({ flag }) => flag === rollout);
    if (found !== undefined) return found;
    const names = [...new Set(this.documents(undefined).map(({ flag }) => flag))];
    throw new UnknownRollout(rollout, nearestNames(rollout, names));
  }

  private async advanced(document: RolloutDocument, moment: Moment): Promise<Change> {
    check(document, 'advance', 'moved on');
    const change = goOn(document, moment);
    return (await this.obstacles.approval(document, moment, document.step + 1, change)) ?? change;
  }

  /** A refusal is a rejection, whoever asks. */
  private async answer<T>(make: () => T | Promise<T>): Promise<T> {
    return make();
  }
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  // An abort only ends the wait: whoever waits looks at the signal itself.
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}
