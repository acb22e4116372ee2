/** The deployments room: what is announced, gated, tried out and watched, told by people and by webhooks. */
import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '../core/Clock.js';
import type { RandomBytes } from '../core/ids.js';
import { waitInRealTime } from '../state/committing/settle.js';
import type { DamagedDocument, Suggestion } from '../flags/FlagsRoom.js';
import type { Fence, Follower, Store } from '../state/Store.js';
import type { Announcement, AskOfDeployment, DeploymentsRoom } from './DeploymentsRoom.js';
import type { DeploymentDocument, DeploymentNews } from './documents.js';
import type { GateTick } from './gate/GateInBot.js';
import type { GateResult } from './gate/GateResult.js';
import { askFail, askFinish } from './life/askEnd.js';
import { Asking } from './life/Asking.js';
import { askStart } from './life/askStart.js';
import { telling } from './life/change.js';
import {
  checkAnnouncement,
  checkEnvironment,
  checkLink,
  checkVersion,
  defaultEnvironment,
} from './life/checkAnnouncement.js';
import { DeploymentCommits } from './life/DeploymentCommits.js';
import { type DeploymentFilter, DeploymentIndex } from './life/DeploymentIndex.js';
import { DeploymentsReplica } from './life/DeploymentsReplica.js';
import { DeploymentTurn } from './life/DeploymentTurn.js';
import { GateRuns, type GateWatch } from './life/GateRuns.js';
import { Gates } from './life/Gates.js';
import { refused } from './life/notices.js';
import { plainVersion } from './life/plainVersion.js';
import { TryingOut } from './life/TryingOut.js';
import type { EverythingBack, RunSmoke } from './life/work.js';
import type { DeploymentMonitor } from './monitor/Step.js';

export interface DeploymentsOptions {
  readonly store: Pick<Store, 'commit' | 'time' | 'outcome'>;
  readonly runSmoke: RunSmoke;
  readonly monitor: DeploymentMonitor;
  /** Ids of rollouts that are under way. */
  readonly rollouts: () => readonly string[];
  /** @default nobody ever does */
  readonly everythingBack?: EverythingBack;
  /** Domain time. */
  readonly clock: Clock;
  /** @default the machine's clock */
  readonly realTime?: Clock;
  readonly random?: RandomBytes;
  /** Something is to be done at once, by the lease holder. */
  readonly onDue?: () => void;
  /** Waits in real time; ends early when the signal is given. Injected by tests. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What a webhook wanted and did not get. */
export interface Refusal {
  readonly version: string;
  readonly environment: string;
  readonly by: Announcement['by'];
  readonly why: string;
  readonly next: string | undefined;
  readonly delivery: string;
}

/** What a webhook tells of a commit. */
export interface Heard extends Pick<DeploymentNews, 'tone' | 'text'> {
  readonly commit: string;
  readonly by: Announcement['by'];
  readonly delivery: string;
}

/**
 * The owner lets the store tell {@link follower} of every commit, and gives {@link turn} and {@link rest} to the lease holder's
 * loop, woken by commits.
 */
export class Deployments implements DeploymentsRoom {
  private readonly replica = new DeploymentsReplica();
  private readonly index = new DeploymentIndex(this.replica);
  private readonly gates = new Gates(this.replica);
  private readonly gateRuns = new GateRuns();
  private readonly closing = new AbortController();
  private readonly commits: DeploymentCommits;
  private readonly asking: Asking;
  private readonly smoke: TryingOut;
  private readonly deploymentTurn: DeploymentTurn;

  public constructor(options: DeploymentsOptions) {
    const { store, runSmoke, monitor, rollouts, clock } = options;
    const { realTime = systemClock, random = randomBytes, wait = waitInRealTime } = options;
    const { onDue = () => undefined, everythingBack = () => undefined } = options;
    const { replica, index, gates } = this;
    const { signal } = this.closing;
    this.commits = new DeploymentCommits({ store, replica, realTime, random });
    const { commits } = this;
    this.smoke = new TryingOut(runSmoke, onDue);
    this.asking = new Asking({
      ...{ store, commits, index, gates, rollouts, clock, realTime, random, wait, signal },
    });
    this.deploymentTurn = new DeploymentTurn({
      ...{ commits, index, gates, smoke: this.smoke, monitor, rollouts, everythingBack, clock },
    });
  }

  /** What `store.follow` is given. */
  public get follower(): Follower {
    return this.replica;
  }

  /** The lease holder's turn. @returns ms of real time until the next */
  public turn(fence: Fence): Promise<number> {
    return this.deploymentTurn.turn(fence);
  }

  /** The lease is lost or given up: resolves when no smoke test is at work here any more. Another leader runs them again. */
  public rest(): Promise<void> {
    return this.smoke.rest();
  }

  /** Documents that were found damaged; their deployments stand still. */
  public damaged(): readonly DamagedDocument[] {
    return this.replica.damaged;
  }

  /** Ends what still waits for the store to answer. */
  public close(): void {
    this.closing.abort();
  }

  public async start(named: Announcement): Promise<DeploymentDocument> {
    const announcement = { ...named, version: plainVersion(named.version) };
    checkAnnouncement(announcement);
    const { environment = defaultEnvironment, version, by, breakGlass, delivery, origin } = announcement;
    const asked = { environment, version, by, reason: breakGlass?.reason, delivery, ref: origin?.ref };
    return this.asking.ask(asked, (situation) => askStart(announcement, situation));
  }

  public async finish(environment: string, named: AskOfDeployment): Promise<DeploymentDocument> {
    const ask = checkAsk(environment, named);
    return this.asking.ask({ ...asked(ask), environment }, (situation) =>
      askFinish({ ...ask, environment }, situation),
    );
  }

  public async fail(environment: string, named: AskOfDeployment): Promise<DeploymentDocument> {
    const ask = checkAsk(environment, named);
    return this.asking.ask({ ...asked(ask), environment }, (situation) =>
      askFail({ ...ask, environment }, situation),
    );
  }

  public async takeGate(
    result: GateResult,
    environment: string,
    { by, delivery }: Pick<AskOfDeployment, 'by' | 'delivery'>,
  ): Promise<DeploymentDocument | undefined> {
    const version = checkVersion(plainVersion(result.release));
    checkEnvironment(environment);
    return this.asking.gate({ ...result, release: version }, { environment, version, by, delivery });
  }

  /** Tells people what a webhook wanted and did not get: nobody sees its answer. */
  public async refuse({ version, environment, by, why, next, delivery }: Refusal): Promise<void> {
    const what = { version, environment, by: by.name, why, next };
    const title = `Refused ${version} in ${environment}: ${why}`;
    await this.commits.write({ moves: [], notices: refused(what), by, title, op: delivery });
  }

  /**
   * Something was heard of the source that is being deployed: a line for its card's thread.
   *
   * @returns undefined where nothing of that commit is under way
   */
  public async hear(heard: Heard): Promise<DeploymentDocument | undefined> {
    const { commit, by, delivery, tone, text } = heard;
    const meant = this.index.all({ isOpen: true }).find(({ origin }) => origin?.commit === commit);
    if (meant === undefined) return undefined;
    const { environment, version } = meant;
    return this.asking.ask({ environment, version, by, delivery }, ({ newest, now }) => {
      if (newest?.id !== meant.id) return { is: 'unchanged', document: meant };
      const document = telling(newest, now, tone, text);
      return { is: 'moved', moves: [{ before: newest, document }], notices: [], title: text };
    });
  }

  public gate(version: string): GateResult | undefined {
    return this.gates.of(plainVersion(version));
  }

  public status(environment: string = defaultEnvironment): DeploymentDocument | undefined {
    return this.index.newest(environment);
  }

  public get(deployment: string): DeploymentDocument {
    return this.index.find(deployment);
  }

  public list(filter: DeploymentFilter = {}): readonly DeploymentDocument[] {
    return this.index.all(filter);
  }

  public suggest(typed: string): readonly Suggestion[] {
    return this.index.suggest(typed);
  }

  public followGate(version: string, environment: string): GateWatch {
    return this.gateRuns.follow(version, environment);
  }

  public gateTicks(deployment: string): readonly GateTick[] {
    const { version, environment } = this.index.find(deployment);
    return this.gateRuns.of(version, environment);
  }

  /** How far its smoke tests are, where they run in this process; empty where they do not. */
  public progress(deployment: string): string {
    return this.smoke.detail(deployment);
  }
}

const asked = ({ version, by, reason, delivery, origin }: AskOfDeployment) => ({
  ...{ version, by, reason, delivery, ref: origin?.ref },
});

/** @throws BadAnnouncement */
function checkAsk(environment: string, ask: AskOfDeployment): AskOfDeployment {
  checkEnvironment(environment);
  if (ask.link !== undefined) checkLink(ask.link);
  return ask.version === undefined ? ask : { ...ask, version: checkVersion(plainVersion(ask.version)) };
}
