/** The rollbacks room: immediate, gradual, the steps behind them, and the proof. */
import { randomBytes } from 'node:crypto';
import { systemClock } from '../core/Clock.js';
import type { Actor } from '../flags/changes.js';
import { waitInRealTime } from '../state/committing/settle.js';
import type { DamagedDocument, Suggestion } from '../flags/FlagsRoom.js';
import type { Fence, Follower } from '../state/Store.js';
import { askAcknowledge, askCancel, askPause, askResume, checkComingDown } from './acting/asked.js';
import { Asking } from './acting/Asking.js';
import { GradualPress } from './acting/GradualPress.js';
import { Pressing } from './acting/Pressing.js';
import { RollbackCommits } from './acting/RollbackCommits.js';
import { checkRequest } from './acting/refusals.js';
import { TakingBack } from './acting/TakingBack.js';
import { Watch } from './descent/Watch.js';
import type { RollbackDocument } from './documents.js';
import { Drill } from './Drill.js';
import type { Proof } from './proof/Proof.js';
import { propose, type ProposingOptions } from './Proposing.js';
import { everything, RollbackIndex } from './RollbackIndex.js';
import { RollbacksReplica } from './RollbacksReplica.js';
import type {
  AskOfRollback,
  RollbackOutcome,
  RollbackProposal,
  RollbackRequest,
  RollbacksRoom,
} from './RollbacksRoom.js';
import type { RollbacksRoomOptions } from './RollbacksRoomOptions.js';
import { Background } from './turning/Background.js';
import { Counting } from './turning/Counting.js';
import { Descending } from './turning/Descending.js';
import { FollowingUp } from './turning/FollowingUp.js';
import { Proving } from './turning/Proving.js';
import { RollbackTurn } from './turning/RollbackTurn.js';
import { type StepResult, Stepping } from './turning/Stepping.js';
import { Validating } from './Validating.js';

export type * from './RollbacksRoom.js';
export type { RollbacksRoomOptions } from './RollbacksRoomOptions.js';

/**
 * The owner lets the store tell {@link follower} of every commit after the flags' and the rollouts' own followers, and gives
 * {@link turn} and {@link rest} to the lease holder's loop, woken by commits.
 */
export class Rollbacks implements RollbacksRoom {
  private readonly replica = new RollbacksReplica();
  private readonly index = new RollbackIndex(this.replica);
  private readonly closing = new AbortController();
  private readonly pressing: Pressing;
  private readonly gradualPress: GradualPress;
  private readonly asking: Asking;
  private readonly proposing: ProposingOptions;
  private readonly validating: Validating;
  private readonly rollbackTurn: RollbackTurn;
  private readonly drilling: Drill;
  private readonly steps: Background<StepResult>;
  private readonly proofs: Background<Proof>;

  public constructor(options: RollbacksRoomOptions) {
    const { store, flags, rollouts, records, feedback, works, prove, writeReceipt, clock, warn } = options;
    const {
      realTime = systemClock,
      random = randomBytes,
      wait = waitInRealTime,
      after = afterRealTime,
      onDue = () => undefined,
    } = options;
    const { replica, index } = this;
    const { signal } = this.closing;
    const takingBack = new TakingBack(flags, rollouts);
    const commits = new RollbackCommits({ store, flags, rollouts, replica, random });
    const times = { clock, realTime };
    this.asking = new Asking({ store, commits, index, ...times, random, wait, signal });
    const press = { flags, takingBack, commits, index, works, ...times, random, wait, signal };
    this.pressing = new Pressing(press);
    this.gradualPress = new GradualPress({ ...press, settled: (sent) => this.asking.settled(sent) });
    this.proposing = { flags, takingBack, index, works, ...times };
    this.validating = new Validating({ index, commits, prove });
    this.drilling = new Drill({
      ...{ flags, pressing: this.pressing, index, clock, everyMs: options.drillEveryMs },
    });
    this.steps = new Background({ after, ended: onDue });
    this.proofs = new Background({ after, ended: onDue });
    const watch = new Watch({ records, feedback, ...times });
    this.rollbackTurn = new RollbackTurn({
      ...{ replica, warn, drill: this.drilling },
      followingUp: new FollowingUp({ flags, rollouts, replica, commits, works, ...times }),
      counting: new Counting({ flags, commits }),
      descending: new Descending({ flags, takingBack, commits, watch, ...times }),
      stepping: new Stepping({ works, commits, background: this.steps, realTime, warn }),
      proving: new Proving({ prove, writeReceipt, commits, background: this.proofs, ...times }),
    });
  }

  /** What `store.follow` is given. */
  public get follower(): Follower {
    return this.replica;
  }

  /** The lease holder's turn. @returns ms of real time until the next */
  public turn(fence: Fence): Promise<number> {
    return this.rollbackTurn.turn(fence);
  }

  /** The lease is lost or given up: resolves when no step is at work here any more. Another leader runs it again. */
  public async rest(): Promise<void> {
    await Promise.all([this.steps.rest(), this.proofs.rest()]);
  }

  /** Documents that were found damaged; their rollbacks stand still. */
  public damaged(): readonly DamagedDocument[] {
    return this.replica.damaged;
  }

  /** Ends what still waits for the store to answer. */
  public close(): void {
    this.closing.abort();
  }

  public async propose(request: RollbackRequest, kind: 'immediate' | 'gradual'): Promise<RollbackProposal> {
    return propose(this.proposing, request, kind);
  }

  public now(request: RollbackRequest): Promise<RollbackOutcome> {
    return this.pressing.now(request);
  }

  public gradual(request: RollbackRequest & { readonly flag: string }): Promise<RollbackOutcome> {
    return this.gradualPress.begin(request);
  }

  public drill(by: Actor): Promise<RollbackOutcome> {
    return this.drilling.run(by);
  }

  public pause(rollback: string, ask: AskOfRollback): Promise<RollbackOutcome> {
    return this.asking.ask(rollback, ask, 'Pause', askPause);
  }

  public resume(rollback: string, ask: AskOfRollback): Promise<RollbackOutcome> {
    return this.asking.ask(rollback, ask, 'Resume', askResume);
  }

  public async cancel(rollback: string, ask: AskOfRollback): Promise<RollbackOutcome> {
    const settled = this.pressing.takeBack(rollback === everything ? null : rollback);
    if (settled !== undefined) return { status: 'here-only', settled };
    return this.asking.ask(rollback, ask, 'Cancel', askCancel);
  }

  public async hurry(rollback: string, ask: AskOfRollback): Promise<RollbackOutcome> {
    this.asking.checkFresh(rollback, ask);
    const document = this.index.find(rollback);
    if (document.state !== 'cancelled' && document.offAt !== null) {
      const why = `${document.flag ?? 'Everything'} is off for everybody already.`;
      return { status: 'unchanged', rollback: document, why };
    }
    checkComingDown(document, 'made immediate');
    const { flag, trigger } = document;
    const request = { by: ask.by, flag, trigger, reason: ask.reason ?? document.reason };
    checkRequest(request);
    return this.pressing.now(request);
  }

  public acknowledge(rollback: string, ask: AskOfRollback): Promise<RollbackOutcome> {
    return this.asking.ask(rollback, ask, 'Acknowledge', askAcknowledge);
  }

  public validate(rollback: string): Promise<{ readonly rollback: RollbackDocument; readonly proof: Proof }> {
    return this.validating.validate(rollback);
  }

  public status(rollback: string): RollbackDocument {
    return this.index.find(rollback);
  }

  public list({ isOpen }: { readonly isOpen?: boolean } = {}): readonly RollbackDocument[] {
    return this.index.all(isOpen);
  }

  public suggest(typed: string, { isOpen }: { readonly isOpen?: boolean } = {}): readonly Suggestion[] {
    return this.index.suggest(typed, isOpen);
  }
}

function afterRealTime(ms: number, callback: () => void): { cancel(): void } {
  const timer = setTimeout(callback, ms);
  return { cancel: () => clearTimeout(timer) };
}
