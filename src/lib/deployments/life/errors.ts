/** Why something that is asked of a deployment is refused. Each says what to do next. */
import { RolloutError } from '../../core/RolloutError.js';
import { listed } from '../../flags/words.js';
import type { DeploymentDocument } from '../documents.js';
import type { GateResult } from '../gate/GateResult.js';
import { standing } from './standing.js';

export class UnknownDeployment extends RolloutError {
  public readonly code = 'UNKNOWN_DEPLOYMENT';

  public constructor(deployment: string, suggestions: readonly string[] = []) {
    super(`There is no deployment "${deployment}".`, {
      next:
        suggestions.length === 0
          ? 'See /deploy history for those there are.'
          : `Did you mean ${listed(suggestions).replace(' and ', ' or ')}?`,
    });
  }
}

/** Nothing is being deployed there. */
export class NothingUnderWay extends RolloutError {
  public readonly code = 'UNKNOWN_DEPLOYMENT';

  public constructor(environment: string) {
    super(`No deployment to ${environment} is under way.`, {
      next: 'Begin one with /deploy start, or see /deploy history for those that are over.',
    });
  }
}

/** Something is being deployed to the same environment, so that nothing else may begin there. */
export class DeploymentUnderWay extends RolloutError {
  public readonly code = 'DEPLOYMENT_UNDER_WAY';

  public constructor(
    public readonly active: DeploymentDocument,
    wanted: string,
    { message = sayFirst(active, wanted), next = wayOn(active, wanted) } = {},
  ) {
    super(message, { next, context: { deployment: active.id, wanted } });
  }
}

/** What was spoken of is not what is being deployed there. */
export class AnotherUnderWay extends DeploymentUnderWay {
  public constructor(active: DeploymentDocument, meant: string) {
    super(active, meant, {
      message: `${meant} is not under way in ${active.environment}: ${standing(active)}.`,
      next: `To end that one say ${active.version}, or no version. /deploy status shows where it stands.`,
    });
  }
}

const sayFirst = (active: DeploymentDocument, wanted: string): string =>
  `${standing(active)}${active.version === wanted ? ' already' : ''}: ${active.created.name} announced it.`;

function wayOn({ state, version }: DeploymentDocument, wanted: string): string {
  switch (state) {
    case 'testing':
      return 'Wait for its smoke tests, or call it off with /deploy fail.';
    case 'watching':
      return version === wanted
        ? 'There is nothing to begin; /deploy monitor shows what is seen.'
        : 'Wait until it is over; /deploy start takes its place at once.';
    default:
      return 'Wait until it is over, or say how it ended: /deploy finish or /deploy fail.';
  }
}

/** The gate failed for this version, so that it is not deployed. */
export class GateFailed extends RolloutError {
  public readonly code = 'GATE_FAILED';

  public constructor(
    public readonly gate: GateResult,
    version: string,
  ) {
    const failed = gate.stages.filter(({ verdict }) => verdict === 'failed').map(({ name }) => name);
    super(`The gate failed for ${version}${failed.length === 0 ? '' : `: ${listed(failed)}`}.`, {
      next: 'See /deploy validate for why, mend it and run the gate again. In an emergency an admin starts it with break-glass:True and a reason.',
      context: { failed },
    });
  }
}

/** A version, an environment or a link that cannot be one. */
export class BadAnnouncement extends RolloutError {
  public readonly code = 'BAD_ANNOUNCEMENT';
}
