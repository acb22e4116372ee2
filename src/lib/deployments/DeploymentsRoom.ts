/** The deployments room as the rest of the house sees it, on `container.rollouts.deployments`; `Deployments` fills it. */
import type { Actor } from '../flags/changes.js';
import type { Suggestion } from '../flags/FlagsRoom.js';
import type { DeploymentDocument } from './documents.js';
import type { GateResult } from './gate/GateResult.js';

export interface Announcement {
  readonly version: string;
  /** ≤ 1,000 characters. */
  readonly summary?: string;
  /** @default 'production' */
  readonly environment?: string;
  readonly link?: string;
  readonly source: DeploymentDocument['source'];
  readonly by: Actor;
  /** Start although the gate failed: for admins, announced. */
  readonly breakGlass?: { readonly reason: string };
  /** A webhook's own id: the same again is answered as the first time. */
  readonly delivery?: string;
}

export interface DeploymentsRoom {
  /** Throws GateFailed, DeploymentUnderWay (naming it), NotNow. */
  start(announcement: Announcement): Promise<DeploymentDocument>;
  /** It is deployed: smoke tests run, then it is watched. Throws UnknownDeployment. */
  finish(
    environment: string,
    ask: { readonly by: Actor; readonly version?: string; readonly delivery?: string },
  ): Promise<DeploymentDocument>;
  fail(
    environment: string,
    ask: {
      readonly by: Actor;
      readonly version?: string;
      readonly reason?: string;
      readonly delivery?: string;
    },
  ): Promise<DeploymentDocument>;
  /** A gate's result for a version; before or after it was announced. */
  takeGate(
    gate: GateResult,
    environment: string,
    ask: { readonly by: Actor; readonly delivery?: string },
  ): Promise<DeploymentDocument | undefined>;
  /** The newest gate result for a version. */
  gate(version: string): Promise<GateResult | undefined>;
  status(environment?: string): DeploymentDocument | undefined;
  /** Throws UnknownDeployment. By id, or version (the newest). */
  get(deployment: string): DeploymentDocument;
  /** Newest first. */
  list(filter?: { readonly environment?: string; readonly isOpen?: boolean }): readonly DeploymentDocument[];
  suggest(typed: string): readonly Suggestion[];
}
