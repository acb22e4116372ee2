/** The lease holder's turn: looks at every rollback that is under way, and does what is due. Level-triggered: only documents count. */
import type { Fence } from '../../state/Store.js';
import type { Drill } from '../Drill.js';
import type { RollbackDocument } from '../documents.js';
import type { RollbacksReplica } from '../RollbacksReplica.js';
import { currentStep } from '../steps.js';
import { isDone } from '../transitions.js';
import { waitsFor } from './driverTurns.js';
import type { Counting } from './Counting.js';
import type { Descending } from './Descending.js';
import type { FollowingUp } from './FollowingUp.js';
import { type Again, keeper, type Look } from './Look.js';
import type { Proving } from './Proving.js';
import type { Stepping } from './Stepping.js';
import { TurnFailures } from '../../state/committing/TurnFailures.js';

export interface RollbackTurnOptions {
  readonly replica: RollbacksReplica;
  readonly followingUp: FollowingUp;
  readonly counting: Counting;
  readonly descending: Descending;
  readonly stepping: Stepping;
  readonly proving: Proving;
  readonly drill: Drill;
  readonly warn: (message: string, cause: unknown) => void;
}

/** Where nothing is under way, ms of real time. */
const idleMs = 30_000;
/** Looks at one rollback in one turn: the others have their turn, too. */
const mostLooks = 12;

export class RollbackTurn {
  /** Rollbacks that are over, and were tidied up after. */
  private readonly tidied = new Set<string>();

  public constructor(private readonly options: RollbackTurnOptions) {}

  /** @returns in how many ms of real time to look again */
  public async turn(fence: Fence): Promise<Again> {
    const { replica, followingUp } = this.options;
    const failures = new TurnFailures();
    let again = idleMs;
    await failures.apart(() => followingUp.turn(fence));
    for (const { id } of [...replica.rollbacks.values()]) {
      const next = await failures.apart(() => this.lookAt(id, fence));
      again = Math.min(again, next ?? 0);
    }
    await failures.apart(() => this.drillWhereDue());
    failures.end('rollbacks');
    return again;
  }

  private async lookAt(id: string, fence: Fence): Promise<Again> {
    for (let looks = 1; ; looks++) {
      const document = this.options.replica.rollbacks.get(id);
      if (document === undefined) return idleMs;
      const again = await this.look({ document, fence });
      if (again > 0 || looks >= mostLooks) return again;
    }
  }

  private async look(look: Look): Promise<Again> {
    const { counting, stepping, proving } = this.options;
    const { document } = look;
    if (isDone(document)) return this.tidy(document);
    if (document.state === 'paused') return idleMs;
    if (!document.isCounted) return counting.look(look);
    if (document.state === 'returning') return this.descend(look);
    if (document.state !== 'running') return proving.look(look);
    const step = currentStep(document);
    if (step === undefined || step.name === 'proof') return proving.look(look);
    if (step.name === 'flags') return this.descend(look);
    const other = waitsFor(document, this.options.replica.rollbacks.values());
    return other === undefined ? stepping.look(look, step) : stepping.wait(look, step, other);
  }

  private descend(look: Look): Promise<Again> {
    const { descent } = look.document;
    if (descent !== null) return this.options.descending.look(look, descent);
    return Promise.reject(new Error(`The rollback ${look.document.id} is immediate, and was never done.`));
  }

  private async tidy({ id, descent }: RollbackDocument): Promise<Again> {
    if (this.tidied.has(id)) return idleMs;
    this.options.proving.forget(id);
    if (descent !== null) await this.options.descending.forget(id);
    this.tidied.add(id);
    return idleMs;
  }

  private async drillWhereDue(): Promise<void> {
    const { drill, warn } = this.options;
    if (!drill.isDue) return;
    const outcome = await drill.run(keeper);
    if (outcome.status === 'here-only') {
      outcome.settled.catch((error: unknown) => warn('A rollback drill did not come to its end.', error));
    }
  }
}
