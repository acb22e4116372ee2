/** Who is told of what: beginnings and ends are everybody's, what happens between is for those who look after it. */
import type { Card, Notice } from '../../alerts/Card.js';
import {
  deploymentAnnounced,
  deploymentDeployed,
  deploymentFailed,
  deploymentGateFailed,
  deploymentRefused,
  deploymentRolledBack,
  deploymentSmoke,
  deploymentStarting,
  deploymentSucceeded,
  type RefusedDeployment,
} from '../../alerts/wording/deployment.js';
import type { HourFacts } from '../../alerts/wording/monitorEnd.js';
import { failedSmoke } from '../../alerts/wording/deploymentFacts.js';
import type { DeploymentDocument } from '../documents.js';
import type { GateResult } from '../gate/GateResult.js';

export function announced(document: DeploymentDocument): readonly Notice[] {
  return developers(deploymentAnnounced(document));
}

/** @param replaced whose place it takes. Where the glass was broken management hears of it, too. */
export function starting(
  document: DeploymentDocument,
  replaced: DeploymentDocument | undefined,
): readonly Notice[] {
  const card = deploymentStarting(document, replaced?.version);
  const told = document.brokeGlass === null ? developers(card) : everybody(card);
  // The card is written in this moment: beside it, in #operations, nothing has to wait for it.
  return told.map((one) =>
    one.to === 'operations' ? one : { ...one, about: { id: document.id, waits: true } },
  );
}

export function deployed(document: DeploymentDocument): readonly Notice[] {
  return linked(document, developers(deploymentDeployed(document)));
}

/** On-call is pinged where a test failed: what does not work does not work for people by now. */
export function smokeTested(document: DeploymentDocument): readonly Notice[] {
  const card = deploymentSmoke(document);
  if (failedSmoke(document).length === 0) return linked(document, [notice('operations', card)]);
  const [first, ...others] = developers(card);
  return linked(document, [{ ...first, pingOnCall: true, trouble: document.id }, ...others]);
}

export function succeeded(document: DeploymentDocument, hour?: HourFacts): readonly Notice[] {
  return linked(document, everybody(deploymentSucceeded(document, hour)));
}

export function failed(document: DeploymentDocument): readonly Notice[] {
  return ending(document, everybody(deploymentFailed(document)));
}

export function rolledBack(document: DeploymentDocument): readonly Notice[] {
  return ending(document, developers(deploymentRolledBack(document)));
}

/** @param underWay the deployment of that version, where there is one */
export function gateFailed(
  gate: GateResult,
  environment: string,
  underWay: DeploymentDocument | undefined,
): readonly Notice[] {
  const card = deploymentGateFailed(gate, environment, underWay !== undefined);
  return underWay === undefined ? [notice('dev-team', card)] : developers(card);
}

export function refused(what: RefusedDeployment): readonly Notice[] {
  return developers(deploymentRefused(what));
}

/** A person ended it, or all that came with it is gone: what on-call was called for in it is over. */
function ending(document: DeploymentDocument, told: readonly Notice[]): readonly Notice[] {
  return linked(document, told).map((one) =>
    one.to === 'operations' ? { ...one, over: [document.id] } : one,
  );
}

function linked({ id }: DeploymentDocument, told: readonly Notice[]): readonly Notice[] {
  return told.map((one) => ({ ...one, about: { id } }));
}

function everybody(card: Card): readonly Notice[] {
  return [...developers(card), notice('management', card)];
}

function developers(card: Card): readonly [Notice, Notice] {
  return [notice('operations', card), notice('dev-team', card)];
}

function notice(to: 'operations' | 'dev-team' | 'management', card: Card): Notice {
  return { kind: 'deployment', to, card };
}
