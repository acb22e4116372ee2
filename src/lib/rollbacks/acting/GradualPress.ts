/** Begins a rollback batch by batch: nobody new gets it from this commit on, and nobody loses it before the first batch. */
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../core/Clock.js';
import { Unavailable } from '../../state/errors.js';
import { countAffected } from '../affected.js';
import { begun, idFor } from '../begin.js';
import { aboveAll } from '../descent/batches.js';
import { AlreadyOff } from '../errors.js';
import { initiated } from '../notices.js';
import type { RollbackIndex } from '../RollbackIndex.js';
import type { RollbackOutcome, RollbackRequest } from '../RollbacksRoom.js';
import { hasItNow } from '../whoHasIt.js';
import type { StepWork } from '../work.js';
import { afterConflict, type AfterConflict, attempts } from '../../state/committing/afterConflict.js';
import { alreadySo, checkFlag, checkRequest } from './refusals.js';
import type { RollbackCommits } from './RollbackCommits.js';
import type { FlagsForRollbacks, TakingBack } from './TakingBack.js';
import { plain } from '../../core/Json.js';
import type { Sent } from '../../state/committing/Sent.js';

export interface GradualPressOptions extends AfterConflict {
  readonly flags: FlagsForRollbacks;
  readonly takingBack: TakingBack;
  readonly commits: RollbackCommits;
  readonly index: RollbackIndex;
  readonly works: readonly StepWork[];
  readonly clock: Clock;
  readonly realTime: Clock;
  /** The store fell silent in mid-commit: what became of it. */
  readonly settled: (sent: Sent) => (RollbackOutcome & { readonly status: 'checking' })['settled'];
}

export class GradualPress {
  public constructor(private readonly options: GradualPressOptions) {}

  /** Counts first: half an hour is not decided by these milliseconds. */
  public async begin(request: RollbackRequest & { readonly flag: string }): Promise<RollbackOutcome> {
    checkRequest(request);
    const { flags, takingBack, commits, index, works, clock, realTime } = this.options;
    const { flag, by, reason } = request;
    for (let attempt = 1; ; attempt++) {
      const document = checkFlag(flags, flag);
      const already = alreadySo(flags.world, index.newest(flag), flag);
      if (already !== null) return { status: 'unchanged', ...already };
      const pressedAt = realTime.now();
      const hasIt = hasItNow(flags, flag);
      const affected = await countAffected(flags.directory.all, hasIt, async () => setImmediate(undefined));
      if (affected.guilds === 0) {
        throw new AlreadyOff(`${flag} is on for no guild, so there is nothing to take back batch by batch.`, {
          next: 'Use /rollback now to kill it.',
        });
      }
      // The count is of guilds that had it a moment ago; whoever lost or got it since is the last batch's.
      if (flags.world.flags.get(flag)?.v !== document.v && attempt < attempts) continue;
      const rollback = begun({
        ...{ id: idFor(flags.world, flag), kind: 'gradual', request, affected, before: [document] },
        ...{
          rollouts: takingBack.openRollouts(flag).map(({ id }) => id),
          works,
          pressedAt,
          now: clock.now(),
        },
      });
      let sent: Sent | undefined;
      try {
        const parts = await takingBack.hold(flag, aboveAll, { by, reason });
        const written = await commits.write(
          {
            ...{ before: undefined, document: rollback, parts, notices: initiated(rollback), by, reason },
            title: `Roll back ${flag} batch by batch`,
            facts: { before: plain(rollback.before) },
          },
          (one) => (sent = one),
        );
        return { status: 'done', rollback: written };
      } catch (error) {
        if (error instanceof Unavailable && error.outcome === 'unknown' && sent !== undefined) {
          return { status: 'checking', settled: this.options.settled(sent) };
        }
        await afterConflict(error, attempt, this.options);
      }
    }
  }
}
