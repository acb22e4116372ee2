/** The deployments room as the rest of the house sees it, on `container.rollouts.deployments`; `Deployments` fills it. */
import type { Actor } from '../flags/changes.js';
import type { Suggestion } from '../flags/FlagsRoom.js';
import type { DeploymentDocument, DeploymentOrigin } from './documents.js';
import type { GateTick } from './gate/GateInBot.js';
import type { GateResult } from './gate/GateResult.js';
import type { GateWatch } from './life/GateRuns.js';

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
  /** Only told, nothing is deployed yet. @default false */
  readonly isAhead?: boolean;
  /** Where a webhook spoke of it. */
  readonly origin?: DeploymentOrigin;
  /** A webhook's own id: the same again is answered as the first time. */
  readonly delivery?: string;
}

export interface AskOfDeployment {
  readonly by: Actor;
  /** @default whatever is under way there */
  readonly version?: string;
  readonly reason?: string;
  /** @default 'person' */
  readonly source?: DeploymentDocument['source'];
  readonly summary?: string;
  readonly link?: string;
  readonly origin?: DeploymentOrigin;
  readonly delivery?: string;
}

export interface DeploymentsRoom {
  /** Throws GateFailed, DeploymentUnderWay (naming it), NotNow. */
  start(announcement: Announcement): Promise<DeploymentDocument>;
  /**
   * It is deployed: smoke tests run, then it is watched. A webhook may tell of it before it told of its beginning. Throws
   * NothingUnderWay, DeploymentUnderWay.
   */
  finish(environment: string, ask: AskOfDeployment): Promise<DeploymentDocument>;
  fail(environment: string, ask: AskOfDeployment): Promise<DeploymentDocument>;
  /** A gate's result for a version; before or after it was announced. */
  takeGate(
    gate: GateResult,
    environment: string,
    ask: Pick<AskOfDeployment, 'by' | 'delivery'>,
  ): Promise<DeploymentDocument | undefined>;
  /** The newest gate result for a version. */
  gate(version: string): GateResult | undefined;
  /** Shows on the card of the version's deployment how far a gate is that is run in this process; before or after it is announced. */
  followGate(version: string, environment: string): GateWatch;
  /** How far the gate of its version is, where one runs in this process; empty where none does. */
  gateTicks(deployment: string): readonly GateTick[];
  /** How far its smoke tests are, where they run in this process; empty where they do not. */
  progress(deployment: string): string;
  status(environment?: string): DeploymentDocument | undefined;
  /** Throws UnknownDeployment. By id, or version (the newest). */
  get(deployment: string): DeploymentDocument;
  /** Newest first. */
  list(filter?: { readonly environment?: string; readonly isOpen?: boolean }): readonly DeploymentDocument[];
  suggest(typed: string): readonly Suggestion[];
}
