/** What Kubernetes' API answers when it refuses, in words for people. */
import { DriverFailed } from '../errors.js';

/** Somebody else changed it in between: to be read and tried again. */
export class Conflict extends DriverFailed {}

/** The API server does not answer, or says that it cannot now: worth another try. */
export class ServerAway extends DriverFailed {}

/** One call, as RBAC names it. */
export interface Call {
  readonly verb: 'get' | 'patch' | 'watch';
  /** As in a Role: `deployments/scale`. */
  readonly resource: 'configmaps' | 'services' | 'deployments' | 'deployments/scale';
  readonly name: string;
  readonly where: string;
}

const busy: readonly number[] = [429, 500, 502, 503, 504];

/** @param said what the API server says of it, where it says anything */
export function refused(call: Call, status: number, said: string | undefined): DriverFailed {
  const { verb, resource, name, where } = call;
  const context = { ...call, status, said };
  const because = said === undefined ? '' : `: ${said}`;
  if (status === 403) {
    const group = resource.startsWith('deployments') ? 'apps' : '""';
    return new DriverFailed(`Kubernetes does not let the bot ${verb} ${resource} "${name}" (${where}).`, {
      next: `Add to its Role: apiGroups: [${group}], resources: [${resource}], verbs: [${verb}]. docs/deployments.md has the whole Role.`,
      context,
    });
  }
  if (status === 401) {
    return new DriverFailed(`Kubernetes does not accept the bot's credentials (${where}).`, {
      next: 'Look whether the token of its account, or the one in the kubeconfig file, has expired.',
      context,
    });
  }
  if (status === 404) {
    return new DriverFailed(`There is no ${resource.replace(/s(\/.*)?$/, '')} "${name}" (${where}).`, {
      next: 'Look whether deployments.yaml names it as the cluster does.',
      context,
    });
  }
  if (status === 409)
    return new Conflict(`${resource} "${name}" was changed by somebody else at the same time.`, { context });
  if (busy.includes(status)) {
    return new ServerAway(`Kubernetes' API server cannot answer now (${status}${because}; ${where}).`, {
      context,
    });
  }
  return new DriverFailed(
    `Kubernetes refused to ${verb} ${resource} "${name}" with status ${status}${because} (${where}).`,
    { context },
  );
}

export function unreachable({ where, ...call }: Call, cause: unknown): ServerAway {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ServerAway(`Kubernetes' API server does not answer (${where}): ${why}.`, {
    context: call,
    cause,
  });
}
