/** Why something that is asked of a deployment is refused. Each says what to do next. */
import { RolloutError } from '../../core/RolloutError.js';
import { listed } from '../../flags/words.js';
import type { DeploymentDocument } from '../documents.js';
import type { GateResult } from '../gate/GateResult.js';

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

/** Another version is being deployed to the same environment. */
export class DeploymentUnderWay extends RolloutError {
  public readonly code = 'DEPLOYMENT_UNDER_WAY';

  public constructor(
    public readonly active: DeploymentDocument,
    wanted: string,
  ) {
    const { version, environment, state, created } = active;
    const same = version === wanted ? 'already' : 'at the moment';
    super(`${version} is ${state} in ${environment} ${same}: ${created.name} announced it first.`, {
      next: 'Wait until it is over, or end it with /deploy finish or /deploy fail.',
      context: { deployment: active.id, wanted },
    });
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
