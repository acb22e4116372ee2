/** What the driver needs of a cluster, in words of its own: a host without the Kubernetes client does not need its types either. */
export interface ClusterDeployment {
  /** resourceVersion: where a watch goes on. */
  readonly version: string;
  /** As asked for. */
  readonly replicas: number;
  /** Pods that there are, ready or not. */
  readonly running: number;
  /** Pods that have been ready for as long as the deployment asks. */
  readonly available: number;
  /** Whether `running` and `available` already answer to what was asked for last. */
  readonly isObserved: boolean;
  /** What the deployment's controller says is wrong; null = nothing. */
  readonly trouble: string | null;
}

export interface ClusterConfigMap {
  readonly version: string;
  readonly data: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ClusterService {
  readonly version: string;
  readonly selector: Readonly<Record<string, string>>;
}

/** Null removes an entry. */
export type Entries = Readonly<Record<string, string | null>>;

/** All throw DriverFailed, {@link Conflict} and {@link ServerAway} among them. */
export interface Cluster {
  /** For people: "namespace bots at https://…". */
  readonly where: string;
  configMap(name: string, signal: AbortSignal): Promise<ClusterConfigMap>;
  /** @throws Conflict where it is no longer at `version` */
  patchConfigMap(
    name: string,
    patch: { readonly version: string; readonly data: Entries; readonly annotations: Entries },
    signal: AbortSignal,
  ): Promise<void>;
  service(name: string, signal: AbortSignal): Promise<ClusterService>;
  /** @throws Conflict where it is no longer at `version` */
  patchSelector(
    name: string,
    patch: { readonly version: string; readonly selector: Entries },
    signal: AbortSignal,
  ): Promise<void>;
  deployment(name: string, signal: AbortSignal): Promise<ClusterDeployment>;
  scale(name: string, replicas: number, signal: AbortSignal): Promise<void>;
  /**
   * Follows one deployment from a version on, until `onChange` answers false, the server ends it (it does so every half a
   * minute, and where the version is too old), or `signal` is aborted. Whoever called looks again then.
   */
  watch(
    name: string,
    since: string,
    onChange: (deployment: ClusterDeployment) => boolean,
    signal: AbortSignal,
  ): Promise<void>;
}
