/** Why something that is asked of a rollout is refused. Each says what to do next. */
import { RolloutError } from '../core/RolloutError.js';
import { listed } from '../flags/words.js';
import type { PlanProblem } from './plans/Plan.js';

function nearest(names: readonly string[], otherwise: string): string {
  return names.length === 0 ? otherwise : `Did you mean ${listed(names).replace(' and ', ' or ')}?`;
}

export class UnknownPlan extends RolloutError {
  public readonly code = 'UNKNOWN_PLAN';

  public constructor(plan: string, suggestions: readonly string[] = []) {
    super(`No plan is called "${plan}".`, {
      next: nearest(suggestions, 'See /rollout plans for those that exist.'),
    });
  }
}

/** The plan's file says something that is no plan. */
export class BrokenPlan extends RolloutError {
  public readonly code = 'BROKEN_PLAN';

  public constructor(
    plan: string,
    public readonly problems: readonly PlanProblem[],
  ) {
    const [first] = problems;
    const where = first === undefined ? '' : `: ${first.file}, line ${first.line}: ${first.message}`;
    super(`The plan ${plan} cannot be followed${where}.`, {
      next: 'Mend the file and start the bot again. /rollout plans names everything that is wrong with it.',
    });
  }
}

export class UnknownRollout extends RolloutError {
  public readonly code = 'UNKNOWN_ROLLOUT';

  public constructor(rollout: string, suggestions: readonly string[] = []) {
    super(`There is no rollout "${rollout}", and no flag of that name has had one.`, {
      next: nearest(suggestions, 'See /rollout list for those there are.'),
    });
  }
}

/** The targets of a plan that mean no guild here. */
export class UnknownTargets extends RolloutError {
  public readonly code = 'UNKNOWN_TARGETS';

  public constructor(
    plan: string,
    public readonly targets: readonly string[],
  ) {
    super(
      `The plan ${plan} names ${listed(targets)}, which ${targets.length === 1 ? 'is' : 'are'} no guild and no cohort here.`,
      {
        next: 'Name guilds with the option "guilds": they are kept as a cohort of that name for the next time.',
      },
    );
  }
}

/** What the person saw is no longer so. */
export class StaleRollout extends RolloutError {
  public readonly code = 'STALE_ROLLOUT';

  public constructor(what: string) {
    super(`Nothing was changed, because the rollout has moved on: ${what}.`, {
      next: 'Look at it as it is now, and ask again if you still want to.',
    });
  }
}

/** As things stand it cannot be done. */
export class NotInThisState extends RolloutError {
  public readonly code = 'NOT_IN_THIS_STATE';
}

/** Who asked may not approve. */
export class SecondPersonNeeded extends RolloutError {
  public readonly code = 'SECOND_PERSON_NEEDED';
}

/** A reason is needed for this. */
export class ReasonNeeded extends RolloutError {
  public readonly code = 'REASON_NEEDED';

  public constructor(what: string) {
    super(`${what} needs a reason.`, { next: 'Say in a sentence why, with the option "reason".' });
  }
}
