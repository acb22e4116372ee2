/** Does what people ask of a rollback: one commit each, tried again where the lease holder was faster, and a true answer. */
import type { Clock } from '../../core/Clock.js';
import type { RandomBytes } from '../../core/ids.js';
import { type Patience, settle } from '../../state/committing/settle.js';
import { checkText } from '../../flags/names.js';
import type { Settled } from '../../flags/results.js';
import { Unavailable } from '../../state/errors.js';
import type { Store } from '../../state/Store.js';
import { StaleRollback } from '../errors.js';
import type { RollbackIndex } from '../RollbackIndex.js';
import type { AskOfRollback, RollbackOutcome } from '../RollbacksRoom.js';
import { afterConflict } from '../../state/committing/afterConflict.js';
import type { Step } from './asked.js';
import type { RollbackCommits } from './RollbackCommits.js';
import type { Sent } from '../../state/committing/Sent.js';
import { settledOf } from '../../flags/changing/settledOf.js';

export interface AskingOptions extends Patience {
  readonly store: Pick<Store, 'time' | 'outcome'>;
  readonly commits: RollbackCommits;
  readonly index: RollbackIndex;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

export class Asking {
  public constructor(private readonly options: AskingOptions) {}

  /** @param did `Pause`: what the audit says */
  public async ask(rollback: string, ask: AskOfRollback, did: string, step: Step): Promise<RollbackOutcome> {
    const { index, commits, clock, realTime } = this.options;
    const { by, reason } = ask;
    if (reason !== undefined) checkText('The reason', reason);
    for (let attempt = 1; ; attempt++) {
      const before = index.find(rollback);
      this.checkFresh(rollback, ask);
      const next = step(before, { by, reason, now: clock.now(), realNow: realTime.now() });
      if (next === null || typeof next === 'string')
        return { status: 'unchanged', rollback: before, why: next ?? `It is ${before.state} already.` };
      let sent: Sent | undefined;
      try {
        const title = `${did} the rollback of ${before.flag ?? 'everything'}`;
        const written = await commits.write({ before, ...next, by, reason, title }, (one) => (sent = one));
        return { status: 'done', rollback: written };
      } catch (error) {
        if (error instanceof Unavailable && error.outcome === 'unknown' && sent !== undefined) {
          return { status: 'checking', settled: this.settled(sent) };
        }
        await afterConflict(error, attempt, this.options);
      }
    }
  }

  /** @throws UnknownRollback, StaleRollback where the person saw another state than it is in */
  public checkFresh(rollback: string, { revision }: AskOfRollback): void {
    const document = this.options.index.find(rollback);
    if (revision === undefined || revision === document.revision) return;
    throw new StaleRollback(document.news.at(-1)?.text ?? `it is ${document.state} now.`);
  }

  /** What became of a commit that nobody answered. */
  public async settled(sent: Sent): Promise<Settled> {
    return settledOf(await settle(this.options.store, sent, this.options), '/rollback status');
  }
}
