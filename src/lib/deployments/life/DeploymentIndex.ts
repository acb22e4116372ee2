/** Finds deployments as people name them. */
import type { Suggestion } from '../../flags/FlagsRoom.js';
import { nearestNames } from '../../flags/nearest.js';
import { suggestNames } from '../../flags/suggestions.js';
import type { DeploymentDocument } from '../documents.js';
import type { DeploymentsReplica } from './DeploymentsReplica.js';
import { UnknownDeployment } from './errors.js';
import { plainVersion } from './plainVersion.js';
import { isOver } from './transitions.js';

export interface DeploymentFilter {
  readonly environment?: string;
  readonly isOpen?: boolean;
}

export class DeploymentIndex {
  public constructor(private readonly replica: Pick<DeploymentsReplica, 'deployments'>) {}

  /** Newest first. */
  public all({ environment, isOpen }: DeploymentFilter = {}): readonly DeploymentDocument[] {
    return [...this.replica.deployments.values()]
      .filter(
        (one) =>
          (environment === undefined || one.environment === environment) &&
          (isOpen === undefined || isOpen !== isOver(one.state)),
      )
      .sort((a, b) => b.created.at - a.created.at || (a.id < b.id ? 1 : -1));
  }

  /** Whatever became of it. Called for every webhook: no sorting of everything. */
  public newest(environment: string): DeploymentDocument | undefined {
    let newest: DeploymentDocument | undefined;
    for (const one of this.replica.deployments.values()) {
      if (one.environment !== environment) continue;
      if (newest === undefined || one.created.at > newest.created.at) newest = one;
    }
    return newest;
  }

  /** By its sender's own name of it. */
  public named(environment: string, ref: string): DeploymentDocument | undefined {
    for (const one of this.replica.deployments.values()) {
      if (one.environment === environment && one.origin?.ref === ref) return one;
    }
    return undefined;
  }

  /** By id; undefined where it is over, or gone. */
  public open(id: string): DeploymentDocument | undefined {
    const found = this.replica.deployments.get(id);
    return found === undefined || isOver(found.state) ? undefined : found;
  }

  /** By id, or by version: its newest. @throws UnknownDeployment with the nearest names */
  public find(deployment: string): DeploymentDocument {
    const named = plainVersion(deployment);
    const found =
      this.replica.deployments.get(deployment.toUpperCase()) ??
      this.all().find(({ version }) => version === named);
    if (found !== undefined) return found;
    const versions = [...new Set(this.all().map(({ version }) => version))];
    throw new UnknownDeployment(deployment, nearestNames(deployment, versions));
  }

  /** Best match first; values are ids. */
  public suggest(typed: string): readonly Suggestion[] {
    const byName = new Map(
      this.all().map(({ id, version, environment, state }) => [
        `${version} (${environment}, ${state}, ${id})`,
        id,
      ]),
    );
    return suggestNames(typed, [...byName.keys()]).map(({ name, value }) => ({
      name,
      value: byName.get(value) ?? value,
    }));
  }
}
