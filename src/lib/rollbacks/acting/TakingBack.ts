/** What a rollback makes of flags and rollouts, as parts of its commits. */
import { kindOf } from '../../alerts/noticeSchema.js';
import type { Actor, RolloutServing } from '../../flags/changes.js';
import type { ChangePart } from '../../flags/changing/Changes.js';
import type { FlagsService } from '../../flags/FlagsService.js';
import type { RolloutPart } from '../../rollouts/acting/RolloutCommits.js';
import type { RolloutDocument } from '../../rollouts/documents.js';
import type { Rollouts } from '../../rollouts/Rollouts.js';
import { isOver } from '../../rollouts/transitions.js';

export type FlagsForRollbacks = Pick<
  FlagsService,
  'part' | 'saw' | 'world' | 'directory' | 'isOn' | 'turnOffHere' | 'storeTime' | 'freeze' | 'flag' | 'change'
>;
export type RolloutsForRollbacks = Pick<Rollouts, 'part' | 'saw' | 'documents'>;

export interface Parts {
  readonly flags: readonly ChangePart[];
  readonly rollouts: readonly RolloutPart[];
}

export interface Asked {
  readonly by: Actor;
  readonly reason: string;
}

export class TakingBack {
  public constructor(
    private readonly flags: FlagsForRollbacks,
    private readonly rollouts: RolloutsForRollbacks,
  ) {}

  /** Under way, and not being taken back already. @param flag null = of everything */
  public openRollouts(flag: string | null): readonly RolloutDocument[] {
    return [...this.rollouts.documents].filter(
      (one) => (flag === null || one.flag === flag) && !isOver(one.state) && one.state !== 'rolling-back',
    );
  }

  /** Off for everybody, a ceiling gone. @param flag null = everything */
  public async off(flag: string | null, asked: Asked): Promise<Parts> {
    const rollouts = this.rolloutParts(flag, 'roll-back', asked);
    if (flag !== null) return { rollouts, flags: [await this.kill(flag, rollouts, asked)] };
    const change = { do: 'kill-all' } as const;
    const flags = [quiet(await this.flags.part({ change, ...asked }, false))];
    for (const { document } of rollouts) flags.push(await this.kill(document.flag, rollouts, asked));
    return { rollouts, flags };
  }

  /** Nobody new gets it, calls without a guild are off; its rollout stands still, and keeps what it serves. */
  public async hold(flag: string, ceiling: number, asked: Asked): Promise<Parts> {
    const rollouts = this.rolloutParts(flag, 'pause', asked);
    const title = `Roll back ${flag} batch by batch`;
    return { rollouts, flags: [await this.serve(flag, { title, ceiling }, rollouts, asked)] };
  }

  /** @param ceiling null = the flag is as it was */
  public async ceiling(flag: string, ceiling: number | null, asked: Asked): Promise<Parts> {
    const title =
      ceiling === null
        ? `The gradual rollback of ${flag} is over`
        : `The next batch of the gradual rollback of ${flag}`;
    return { rollouts: [], flags: [await this.serve(flag, { title, ceiling }, [], asked)] };
  }

  private rolloutParts(
    flag: string | null,
    how: 'roll-back' | 'pause',
    asked: Asked,
  ): readonly RolloutPart[] {
    return this.openRollouts(flag).map((document) => this.rollouts.part(document, how, asked));
  }

  private kill(flag: string, rollouts: readonly RolloutPart[], asked: Asked): Promise<ChangePart> {
    return this.serve(flag, { title: `Roll back ${flag}`, kills: true, ceiling: null }, rollouts, asked);
  }

  private async serve(
    flag: string,
    serves: Omit<RolloutServing, 'rollout'>,
    rollouts: readonly RolloutPart[],
    asked: Asked,
  ): Promise<ChangePart> {
    const moved = rollouts.find(({ document }) => document.flag === flag)?.serves;
    const rollout = moved === undefined ? (this.flags.world.flags.get(flag)?.rollout ?? null) : moved.rollout;
    const change = { do: 'rollout', flag, serves: { ...serves, rollout } } as const;
    return quiet(await this.flags.part({ change, ...asked }, false));
  }
}

/** Of its own deeds the rollback tells in its own words; guilds still hear of their betas. */
function quiet(part: ChangePart): ChangePart {
  return { ...part, outbox: part.outbox.filter((body) => kindOf(body) !== 'flag-changed') };
}
