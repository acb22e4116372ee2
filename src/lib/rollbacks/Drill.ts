/** A drill: a flag of its own, which nothing asks for, is turned on and taken back with everything that belongs to it. */
import type { Actor, FlagChange } from '../flags/changes.js';
import type { Clock } from '../core/Clock.js';
import type { Pressing } from './acting/Pressing.js';
import type { FlagsForRollbacks } from './acting/TakingBack.js';
import type { RollbackIndex } from './RollbackIndex.js';
import type { RollbackOutcome } from './RollbacksRoom.js';

export const drillFlag = 'rollouts-drill';

const description =
  'Rollback drills turn this on and take it back. Nothing asks for it; leave it alone, and do not use it.';
const reason = 'A rollback drill: nothing that anybody uses is touched.';

export interface DrillOptions {
  readonly flags: Pick<FlagsForRollbacks, 'change' | 'world'>;
  readonly pressing: Pick<Pressing, 'drill'>;
  readonly index: RollbackIndex;
  /** Domain time. */
  readonly clock: Clock;
  /** Domain time between two, ms; undefined = only where somebody asks. */
  readonly everyMs: number | undefined;
}

export class Drill {
  public constructor(private readonly options: DrillOptions) {}

  public async run(by: Actor): Promise<RollbackOutcome> {
    const { flags, index, pressing } = this.options;
    const open = index.all(true).find(({ kind }) => kind === 'drill');
    if (open !== undefined)
      return { status: 'unchanged', rollback: open, why: 'A drill is under way already.' };
    const flag = flags.world.flags.get(drillFlag);
    if (flag === undefined) {
      const facts = { description, kind: 'ops' } as const;
      await this.change({ do: 'create', flag: drillFlag, facts }, by);
    }
    if (flag !== undefined && flag.archived !== null)
      await this.change({ do: 'restore', flag: drillFlag }, by);
    if (flag !== undefined && flag.killed !== null) await this.change({ do: 'unkill', flag: drillFlag }, by);
    await this.change({ do: 'enable', flag: drillFlag }, by);
    return pressing.drill({ by, flag: drillFlag, trigger: 'drill', reason });
  }

  /** Whether one is due by its schedule. Never while something is really rolled back. */
  public get isDue(): boolean {
    const { everyMs, index, clock } = this.options;
    if (everyMs === undefined || index.all(true).length > 0) return false;
    const last = index.all().find(({ kind }) => kind === 'drill');
    return last === undefined || clock.now() - last.created.at >= everyMs;
  }

  /** A freeze is for what people use. */
  private async change(change: FlagChange, by: Actor): Promise<void> {
    const { flags } = this.options;
    const request = { change, by, reason, overridesFreeze: true };
    const outcome = await flags.change(request);
    if (outcome.status === 'confirm') await flags.change({ ...request, confirmed: outcome.proposal });
  }
}
