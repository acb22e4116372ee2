/** Tells the run under way which rollouts it met: those of the flag that was asked for, and of the flags that it requires. */
import { currentRun, track } from '../../health/recording/currentRun.js';
import type { World } from '../world.js';
import { decide } from './decide.js';
import { isOff, type CompiledFlag } from './CompiledFlag.js';

export class Exposures {
  private isInUse = false;

  public constructor(private readonly world: () => World) {}

  /** Flags came, went or changed: looks anew which of them hang on a rollout. */
  public follow(flags: readonly CompiledFlag[]): void {
    const isInUse = flags.some(({ rollout }) => rollout !== null);
    // Without rollouts, before and after, a change costs no more than this.
    if (isInUse || this.isInUse) for (const flag of flags) flag.underRollout = underRollout(flag);
    this.isInUse = isInUse;
    track(this, isInUse);
  }

  public close(): void {
    track(this, false);
  }

  /** @param flags of {@link CompiledFlag.underRollout} */
  public met(flags: readonly CompiledFlag[], guildId: string | null): void {
    const run = currentRun();
    if (run === undefined || guildId === null || run.isEnded || run.guildId !== guildId) return;
    for (const { key, rollout } of flags) {
      if (rollout === null || run.hasMet(rollout)) continue;
      const { value, rule } = decide(this.world(), key, guildId);
      // Whoever was chosen by hand, or chose itself, gets the feature and is not compared.
      const isRandomised = rule === 'percentage' || rule === 'otherwise';
      run.exposed(rollout, value ? 'canary' : 'control', isRandomised);
    }
  }
}

/** A flag that is off for everyone, whatever the percentages, shows no guild anything: asking for it touches no rollout. */
function underRollout(flag: CompiledFlag): readonly CompiledFlag[] | null {
  if (flag.kind <= isOff) return null;
  const found = new Set([flag]);
  for (const one of found) for (const required of one.requires) found.add(required);
  const flags = [...found].filter(({ rollout }) => rollout !== null);
  return flags.length === 0 ? null : flags;
}
