/** One watch on one deployment: from a version on until somebody ends it. */
import type * as Kubernetes from '@kubernetes/client-node';
import type { KubeConfig, V1Deployment } from '@kubernetes/client-node';
import { refused, unreachable, type Call } from './errors.js';

export type Client = typeof Kubernetes;

/** The server is asked to end it after this; where a connection died unseen, we do. */
const serverEndsAfterS = 30;
const weEndAfterMs = 40_000;

export interface WatchRequest {
  readonly call: Call;
  /** Of the collection, from the root of the API. */
  readonly path: string;
  /** resourceVersion. */
  readonly since: string;
  readonly signal: AbortSignal;
}

/** Resolves where it ended in whatever usual way. @throws DriverFailed where it was refused, ServerAway where it broke */
export async function watchOnce(
  client: Client,
  config: KubeConfig,
  { call, path, since, signal }: WatchRequest,
  onObject: (object: V1Deployment) => boolean,
): Promise<void> {
  const own = new AbortController();
  const stop = AbortSignal.any([signal, own.signal, AbortSignal.timeout(weEndAfterMs)]);
  const ended = new Promise<void>((resolve, reject) => {
    stop.addEventListener('abort', () => resolve(), { once: true });
    const heard = (type: string, object: V1Deployment): void => {
      // An ERROR says, above all, that the version is too old (410): the caller reads it anew.
      if (type === 'ERROR') resolve();
      else if (type !== 'BOOKMARK' && !onObject(object)) resolve();
    };
    const done = (error: unknown): void => {
      const status = statusOf(error);
      if (error === null || error === undefined || status === 410) resolve();
      else reject(status === undefined ? unreachable(call, error) : refused(call, status, undefined));
    };
    const query = {
      // With a name, so that a Role may allow this one alone.
      fieldSelector: `metadata.name=${call.name}`,
      resourceVersion: since,
      timeoutSeconds: serverEndsAfterS,
    };
    const started = new client.Watch(config).watch(path, query, heard, done);
    started.then(
      (connection) => {
        if (stop.aborted) connection.abort();
        else stop.addEventListener('abort', () => connection.abort(), { once: true });
      },
      (error: unknown) => reject(unreachable(call, error)),
    );
  });
  try {
    await ended;
  } finally {
    own.abort();
  }
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}
