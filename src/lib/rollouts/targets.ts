/** From what a plan names as targets to guilds. */
import type { FlagsService } from '../flags/FlagsService.js';
import { RolloutError } from '../core/RolloutError.js';
import type { Plan } from './plans/Plan.js';

export interface Targets {
  /** Guild ids of each step. */
  readonly byStep: readonly (readonly string[])[];
  /** Names that mean nothing here. */
  readonly unknown: readonly string[];
}

/** @param given guilds that stand for what is unknown; undefined = none were given */
export function resolveTargets(
  flags: FlagsService,
  plan: Plan,
  given: readonly string[] | undefined,
): Targets {
  const unknown = new Set<string>();
  const byStep = plan.steps.map(({ targetGuilds }) => [
    ...new Set(
      targetGuilds.flatMap((name) => {
        const guilds = guildsOf(flags, name);
        if (guilds !== undefined) return guilds;
        unknown.add(name);
        return given ?? [];
      }),
    ),
  ]);
  return { byStep, unknown: [...unknown] };
}

/** An id, a cohort or a guild's name. */
function guildsOf(flags: FlagsService, name: string): readonly string[] | undefined {
  const cohort = flags.world.cohorts.get(name);
  if (cohort !== undefined && cohort.guilds.length > 0) return cohort.guilds;
  try {
    return [flags.resolveGuild(name).id];
  } catch (error) {
    // Not known, or several of that name: either way a person has to say which.
    if (error instanceof RolloutError) return undefined;
    throw error;
  }
}
