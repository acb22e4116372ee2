/** Does what people and webhooks ask for: one commit each, decided anew where somebody was faster, and a true answer. */
import type { Clock } from '../../core/Clock.js';
import type { RandomBytes } from '../../core/ids.js';
import { type Patience, settle } from '../../state/committing/settle.js';
import type { Actor } from '../../flags/changes.js';
import { Unavailable } from '../../state/errors.js';
import type { Store } from '../../state/Store.js';
import type { DeploymentDocument } from '../documents.js';
import type { GateResult } from '../gate/GateResult.js';
import type { Decided, Situation } from './Deciding.js';
import type { DeploymentCommits, Writing, Written } from './DeploymentCommits.js';
import type { DeploymentIndex } from './DeploymentIndex.js';
import type { Gates } from './Gates.js';
import { Lanes } from './Lanes.js';
import { takeGate } from './takeGate.js';
import type { Sent } from '../../state/committing/Sent.js';
import { afterConflict } from '../../state/committing/afterConflict.js';

export interface AskingOptions extends Patience {
  readonly store: Pick<Store, 'time' | 'outcome'>;
  readonly commits: DeploymentCommits;
  readonly index: DeploymentIndex;
  readonly gates: Gates;
  /** Ids of rollouts that are under way. */
  readonly rollouts: () => readonly string[];
  /** Domain time. */
  readonly clock: Clock;
  readonly random: RandomBytes;
}

export interface Asked {
  readonly environment: string;
  /** Whose gate counts; undefined: that of whatever is under way. */
  readonly version: string | undefined;
  /** The sender's own name of what it speaks of. */
  readonly ref?: string | null | undefined;
  readonly by: Actor;
  readonly reason?: string | undefined;
  /** A webhook's own id. */
  readonly delivery?: string | undefined;
}

export class Asking {
  private readonly lanes = new Lanes();

  public constructor(private readonly options: AskingOptions) {}

  /** @throws what `decide` throws, Unavailable */
  public async ask(asked: Asked, decide: (situation: Situation) => Decided): Promise<DeploymentDocument> {
    return this.inLane(asked, async () => {
      const decided = decide(this.situation(asked));
      const { by, reason, delivery: op } = asked;
      if (decided.is === 'unchanged') {
        // Written down all the same: said again later, it could mean something else.
        if (op !== undefined) await this.write({ moves: [], by, op });
        return decided.document;
      }
      const { moves, holds, notices, title } = decided;
      const { documents } = await this.write({ moves, holds, notices, title, by, reason, op });
      return documents[0] ?? moves[0].document;
    });
  }

  public async gate(gate: GateResult, asked: Asked): Promise<DeploymentDocument | undefined> {
    const { environment, by, delivery: op } = asked;
    return this.inLane(asked, async () => {
      const { move, notices } = takeGate(gate, environment, this.situation(asked));
      const title = `The gate ${gate.verdict} for ${gate.release} in ${environment}`;
      const moves = move === undefined ? [] : [move];
      const beside = this.options.gates.keeping(gate, environment);
      const { documents } = await this.write({ moves, beside, notices, title, by, op });
      return documents[0];
    });
  }

  private situation({ environment, version, ref = null }: Asked): Situation {
    const { index, gates, rollouts, clock } = this.options;
    const newest = index.newest(environment);
    const named = ref === null ? undefined : index.named(environment, ref);
    const past = named?.id === newest?.id ? undefined : named;
    const gate = gates.of(version ?? newest?.version ?? '');
    return { newest, past, gate, rollouts: rollouts(), now: clock.now() };
  }

  private inLane<T>({ environment }: Asked, act: () => Promise<T>): Promise<T> {
    return this.lanes.run(environment, async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await act();
        } catch (error) {
          await afterConflict(error, attempt, this.options);
        }
      }
    });
  }

  /** Where the store fell silent in mid-commit, it is asked until it says what became of it. */
  private async write(writing: Writing): Promise<Written> {
    const { commits, store } = this.options;
    let sent: Sent | undefined;
    try {
      return await commits.write(writing, (one) => (sent = one));
    } catch (error) {
      const isUnsure = error instanceof Unavailable && error.outcome === 'unknown';
      // A webhook is sent again by whoever sent it, under the same id.
      if (!isUnsure || sent === undefined || writing.op !== undefined) throw error;
      const fate = await settle(store, sent, this.options);
      if (fate.fate === 'unknown') throw error;
      if (fate.fate === 'never') {
        throw new Unavailable('The state store did not take it in time. Nothing was changed.', 'none');
      }
      const { seq: v } = fate.receipt;
      return { documents: writing.moves.map(({ document }) => ({ ...document, v })), replayed: false };
    }
  }
}
