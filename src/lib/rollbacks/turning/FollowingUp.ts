/**
 * A rollout that its judge, or somebody by hand, has rolled back is a rollback, too: the flag is off already, and driver, proof
 * and receipt follow. Looked for in the documents, so that none is missed, and each exactly once by its name.
 */
import type { Clock } from '../../core/Clock.js';
import type { FlagDocument } from '../../flags/documents.js';
import type { RolloutDocument } from '../../rollouts/documents.js';
import { servedBasisPoints, targetsUpTo } from '../../rollouts/serving.js';
import type { Fence } from '../../state/Store.js';
import type { RollbackCommits } from '../acting/RollbackCommits.js';
import type { FlagsForRollbacks, RolloutsForRollbacks } from '../acting/TakingBack.js';
import { begun } from '../begin.js';
import type { RollbackDocument } from '../documents.js';
import { derivedId } from '../ids.js';
import { turnedOff } from '../off.js';
import type { RollbacksReplica } from '../RollbacksReplica.js';
import type { StepWork } from '../work.js';

export interface FollowingUpOptions {
  readonly flags: Pick<FlagsForRollbacks, 'world'>;
  readonly rollouts: Pick<RolloutsForRollbacks, 'documents'>;
  readonly replica: RollbacksReplica;
  readonly commits: RollbackCommits;
  readonly works: readonly StepWork[];
  readonly clock: Clock;
  readonly realTime: Clock;
}

/** Domain time, ms: what was rolled back longer ago was before anybody looked, and proves nothing any more. */
const longestMs = 24 * 3_600_000;
const longestReason = 500;

export class FollowingUp {
  public constructor(private readonly options: FollowingUpOptions) {}

  public async turn(fence: Fence): Promise<void> {
    for (const rollout of this.unfollowed()) {
      const document = this.rollbackOf(rollout);
      if (document === null) continue;
      const by = { id: document.created.by, name: document.created.name };
      const title = `The rollout of ${rollout.flag} was rolled back`;
      await this.options.commits.write({ before: undefined, document, by, title, fence });
    }
  }

  private unfollowed(): readonly RolloutDocument[] {
    const { rollouts, replica, clock } = this.options;
    const known = new Set([...replica.rollbacks.values()].flatMap((one) => one.rollouts));
    const since = clock.now() - longestMs;
    return [...rollouts.documents].filter(
      ({ id, state, ended }) =>
        !known.has(id) &&
        !replica.rollbacks.has(derivedId('rollout', id)) &&
        (state === 'rolling-back' || (state === 'rolled-back' && (ended?.at ?? 0) > since)),
    );
  }

  private rollbackOf(rollout: RolloutDocument): RollbackDocument | null {
    const { flags, works, clock, realTime } = this.options;
    const { world } = flags;
    const flag = world.flags.get(rollout.flag);
    if (flag === undefined) return null;
    const isJudged = rollout.updated.by === judge && rollout.verdict?.action === 'ROLLBACK';
    const agoMs = Math.max(0, clock.now() - endOf(rollout)) / (clock.speed ?? 1);
    const document = begun({
      id: derivedId('rollout', rollout.id),
      kind: 'immediate',
      request: {
        by: { id: rollout.updated.by, name: nameOf(rollout) },
        flag: flag.key,
        trigger: isJudged ? 'judged' : 'other',
        reason: reasonOf(rollout),
      },
      affected: undefined,
      before: [servedBy(flag, rollout)],
      rollouts: [rollout.id],
      works,
      pressedAt: Math.round(realTime.now() - agoMs),
      now: clock.now(),
    });
    return turnedOff(document, { flags: [], rollouts: [] }, world, document.pressedAt);
  }
}

const judge = 'system:judge';

function endOf({ ended, updated }: RolloutDocument): number {
  return ended?.at ?? updated.at;
}

/** The flag as the rollout served it at last. */
function servedBy(flag: FlagDocument, rollout: RolloutDocument): FlagDocument {
  return {
    ...flag,
    killed: null,
    enabled: true,
    basisPoints: servedBasisPoints(rollout, rollout.step),
    rollout: { id: rollout.id, targets: targetsUpTo(rollout, rollout.step) },
  };
}

function nameOf({ updated, created }: RolloutDocument): string {
  if (updated.by === judge) return 'the judge';
  // A rollout keeps names of those alone who began it; cards mention the others by their id.
  return updated.by === created.by ? created.name : 'somebody of the staff';
}

function reasonOf({ updated, news, flag }: RolloutDocument): string {
  // The news says first what was done; as a reason it would be said twice.
  const told = news.findLast(({ tone }) => tone === 'bad')?.text.replace(/^Rolled back[.:]\s*/, '');
  const said = updated.reason ?? told ?? '';
  return (said === '' ? `The rollout of ${flag} was rolled back.` : said).slice(0, longestReason);
}
