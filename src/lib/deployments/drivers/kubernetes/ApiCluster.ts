/** The cluster through Kubernetes' own client, which is loaded only where this driver is chosen. */
import type { KubeConfig, RequestContext, V1Deployment } from '@kubernetes/client-node';
import { DriverFailed, whyLetGo } from '../errors.js';
import type { Cluster, ClusterConfigMap, ClusterDeployment, ClusterService, Entries } from './Cluster.js';
import { refused, unreachable, type Call } from './errors.js';
import { watchOnce, type Client } from './watchOnce.js';

export interface ClusterSettings {
  readonly namespace: string;
  /** Undefined: the pod's own account, else the default file. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

/** Real time; a call that takes longer is taken for one without an answer. */
const callMs = 10_000;

/** @throws DriverFailed where the client is not installed, or there is nothing to reach a cluster by */
export async function connectCluster(settings: ClusterSettings): Promise<Cluster> {
  const client = await loadClient();
  const config = new client.KubeConfig();
  try {
    if (settings.kubeconfig !== undefined) config.loadFromFile(settings.kubeconfig);
    else if (process.env['KUBERNETES_SERVICE_HOST'] !== undefined) config.loadFromCluster();
    else config.loadFromDefault();
  } catch (error) {
    throw noWay(settings, error);
  }
  if (settings.context !== undefined) {
    if (config.getContextObject(settings.context) === null) throw noWay(settings, undefined);
    config.setCurrentContext(settings.context);
  }
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw noWay(settings, undefined);
  return new ApiCluster(client, config, settings.namespace, `namespace ${settings.namespace} at ${server}`);
}

async function loadClient(): Promise<Client> {
  try {
    return await import('@kubernetes/client-node');
  } catch (error) {
    throw new DriverFailed('The Kubernetes client is not installed beside the bot.', {
      next: 'npm install @kubernetes/client-node@^1.4, then start the bot again.',
      cause: error,
    });
  }
}

function noWay({ kubeconfig, context }: ClusterSettings, cause: unknown): DriverFailed {
  const file =
    kubeconfig === undefined ? "neither a pod's account nor a kubeconfig file" : `no use in ${kubeconfig}`;
  const named = context === undefined ? '' : `, or no context "${context}" in it`;
  return new DriverFailed(`There is no way to the cluster: ${file}${named}.`, {
    next: 'Set driver.kubeconfig and driver.context in deployments.yaml, or run the bot in the cluster.',
    cause,
  });
}

class ApiCluster implements Cluster {
  private readonly apps;
  private readonly core;

  public constructor(
    private readonly client: Client,
    private readonly config: KubeConfig,
    private readonly namespace: string,
    public readonly where: string,
  ) {
    this.apps = config.makeApiClient(client.AppsV1Api);
    this.core = config.makeApiClient(client.CoreV1Api);
  }

  public async configMap(name: string, signal: AbortSignal): Promise<ClusterConfigMap> {
    const { metadata, data } = await this.call(
      { verb: 'get', resource: 'configmaps', name },
      signal,
      (options) => this.core.readNamespacedConfigMap({ name, namespace: this.namespace }, options),
    );
    return {
      version: metadata?.resourceVersion ?? '',
      data: data ?? {},
      annotations: metadata?.annotations ?? {},
    };
  }

  public async patchConfigMap(
    name: string,
    { version, data, annotations }: { version: string; data: Entries; annotations: Entries },
    signal: AbortSignal,
  ): Promise<void> {
    const body = { metadata: { resourceVersion: version, annotations }, data };
    await this.call({ verb: 'patch', resource: 'configmaps', name }, signal, (options) =>
      this.core.patchNamespacedConfigMap({ name, namespace: this.namespace, body }, this.merging(options)),
    );
  }

  public async service(name: string, signal: AbortSignal): Promise<ClusterService> {
    const { metadata, spec } = await this.call(
      { verb: 'get', resource: 'services', name },
      signal,
      (options) => this.core.readNamespacedService({ name, namespace: this.namespace }, options),
    );
    return { version: metadata?.resourceVersion ?? '', selector: spec?.selector ?? {} };
  }

  public async patchSelector(
    name: string,
    { version, selector }: { version: string; selector: Entries },
    signal: AbortSignal,
  ): Promise<void> {
    const body = { metadata: { resourceVersion: version }, spec: { selector } };
    await this.call({ verb: 'patch', resource: 'services', name }, signal, (options) =>
      this.core.patchNamespacedService({ name, namespace: this.namespace, body }, this.merging(options)),
    );
  }

  public async deployment(name: string, signal: AbortSignal): Promise<ClusterDeployment> {
    return deploymentOf(
      await this.call({ verb: 'get', resource: 'deployments', name }, signal, (options) =>
        this.apps.readNamespacedDeployment({ name, namespace: this.namespace }, options),
      ),
    );
  }

  public async scale(name: string, replicas: number, signal: AbortSignal): Promise<void> {
    // The subresource, so that the account needs no right to change the deployment itself. `add` also replaces; `replace`
    // is refused where there are none, since the API leaves a zero out.
    const body = [{ op: 'add', path: '/spec/replicas', value: replicas }];
    await this.call({ verb: 'patch', resource: 'deployments/scale', name }, signal, (options) =>
      this.apps.patchNamespacedDeploymentScale(
        { name, namespace: this.namespace, body },
        this.client.setHeaderOptions('Content-Type', this.client.PatchStrategy.JsonPatch, options),
      ),
    );
  }

  public async watch(
    name: string,
    since: string,
    onChange: (deployment: ClusterDeployment) => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const call: Call = { verb: 'watch', resource: 'deployments', name, where: this.where };
    const path = `/apis/apps/v1/namespaces/${this.namespace}/deployments`;
    await watchOnce(this.client, this.config, { call, path, since, signal }, (object) =>
      onChange(deploymentOf(object)),
    );
  }

  private merging(options: CallOptions) {
    const { setHeaderOptions, PatchStrategy } = this.client;
    return setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch, options);
  }

  private async call<Answer>(
    what: Omit<Call, 'where'>,
    signal: AbortSignal,
    send: (options: CallOptions) => Promise<Answer>,
  ): Promise<Answer> {
    const call = { ...what, where: this.where };
    const timeout = AbortSignal.timeout(callMs);
    try {
      return await send(this.abortedBy(AbortSignal.any([signal, timeout])));
    } catch (error) {
      if (error instanceof this.client.ApiException) throw refused(call, error.code, messageIn(error.body));
      if (signal.aborted) throw unreachable(call, new Error(`no answer before ${whyLetGo(signal)}`));
      if (timeout.aborted) throw unreachable(call, new Error(`no answer within ${callMs / 1_000} s`));
      throw unreachable(call, error);
    }
  }

  /** The client takes a signal from nowhere but a middleware. */
  private abortedBy(signal: AbortSignal): CallOptions {
    const { setHeaderMiddleware } = this.client;
    const accepting = setHeaderMiddleware('Accept', 'application/json');
    const pre = (request: RequestContext): ReturnType<typeof accepting.pre> => {
      request.setSignal(signal);
      return accepting.pre(request);
    };
    const post: typeof accepting.post = (response) => accepting.post(response);
    return { middleware: [{ pre, post }], middlewareMergeStrategy: 'append' };
  }
}

type CallOptions = ReturnType<Client['setHeaderOptions']>;

function deploymentOf({ metadata, spec, status }: V1Deployment): ClusterDeployment {
  const stuck = status?.conditions?.find(
    ({ type, status: state }) =>
      (type === 'Progressing' && state === 'False') || (type === 'ReplicaFailure' && state === 'True'),
  );
  return {
    version: metadata?.resourceVersion ?? '',
    replicas: spec?.replicas ?? 1,
    running: status?.replicas ?? 0,
    available: status?.availableReplicas ?? 0,
    isObserved: (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0),
    trouble: stuck === undefined ? null : (stuck.message ?? stuck.reason ?? stuck.type),
  };
}

/** The API answers a refusal by a Status; the client hands it on as it came, as text or parsed. */
function messageIn(body: unknown): string | undefined {
  try {
    const status: unknown = typeof body === 'string' ? JSON.parse(body) : body;
    if (typeof status !== 'object' || status === null || !('message' in status)) return undefined;
    return typeof status.message === 'string' ? status.message.slice(0, 300) : undefined;
  } catch {
    // A proxy in between answers with a page; its status says enough.
    return undefined;
  }
}
