/** Scaling a deployment and waiting until the cluster has done it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { DriverRun } from '../../Driver.js';
import { DriverFailed, whyLetGo } from '../errors.js';
import type { Cluster, ClusterDeployment } from './Cluster.js';
import { ServerAway } from './errors.js';
import { patiently } from './patience.js';

/** Between a watch that ended and the next look: a server that ends each at once must not be stormed. */
const breatherMs = 250;

export interface Wanted {
  readonly deployment: string;
  readonly replicas: number;
}

export function isAvailable(found: ClusterDeployment, replicas: number): boolean {
  return missingOf(found, replicas) === null;
}

/** What is missing, a few words; null = nothing. */
export function missingOf(found: ClusterDeployment, replicas: number): string | null {
  const { available, isObserved, trouble } = found;
  if (isObserved && available >= replicas) return null;
  return `${available} of ${replicas} available${trouble === null ? '' : ` (${trouble})`}`;
}

/** Scales up where it is smaller, never down. @throws DriverFailed naming what was missing at the end */
export async function untilAvailable(
  cluster: Cluster,
  { deployment, replicas }: Wanted,
  run: DriverRun,
): Promise<void> {
  await scale(cluster, deployment, run, { to: replicas, unless: (found) => found.replicas >= replicas });
  await wait(cluster, deployment, run, {
    missing: (found) => missingOf(found, replicas),
    failed: (missing) =>
      `${deployment} was not available when ${whyLetGo(run.signal)}: ${missing}. Nothing was taken down.`,
  });
}

/** Scales to 0 and waits until no pod is left. */
export async function untilGone(cluster: Cluster, deployment: string, run: DriverRun): Promise<void> {
  await scale(cluster, deployment, run, { to: 0, unless: (found) => found.replicas === 0 });
  await wait(cluster, deployment, run, {
    missing: ({ running, isObserved }) => (isObserved && running === 0 ? null : `${running} pods are left`),
    failed: (missing) =>
      `${deployment} was not down when ${whyLetGo(run.signal)}: ${missing}. It is scaled to 0 and goes on ending.`,
  });
}

async function scale(
  cluster: Cluster,
  deployment: string,
  run: DriverRun,
  { to, unless }: { to: number; unless: (found: ClusterDeployment) => boolean },
): Promise<void> {
  await patiently(run, async (signal) => {
    if (unless(await cluster.deployment(deployment, signal))) return;
    run.progress(`Scaling ${deployment} to ${to}.`);
    await cluster.scale(deployment, to, signal);
  });
}

interface Waiting {
  readonly missing: (found: ClusterDeployment) => string | null;
  /** The sentence where the time was over first. */
  readonly failed: (missing: string) => string;
}

async function wait(
  cluster: Cluster,
  deployment: string,
  run: DriverRun,
  { missing, failed }: Waiting,
): Promise<void> {
  let left: string | null = 'nothing was seen of it yet';
  const isUnfinished = (found: ClusterDeployment): boolean => {
    const now = missing(found);
    if (now !== null && now !== left) run.progress(`Waiting for ${deployment}: ${now}.`);
    left = now;
    return left !== null;
  };
  try {
    for (;;) {
      const found = await patiently(run, (signal) => cluster.deployment(deployment, signal));
      if (!isUnfinished(found)) return;
      await follow(cluster, deployment, found.version, isUnfinished, run);
      if (left === null) return;
      await pause(breatherMs, undefined, { signal: run.signal });
    }
  } catch (error) {
    if (!run.signal.aborted) throw error;
    throw new DriverFailed(failed(left ?? 'nothing was missing'), {
      next: `See "kubectl describe deployment ${deployment}".`,
      cause: error,
    });
  }
}

/** A watch that breaks is no harm: the next look finds out what was missed. */
async function follow(
  cluster: Cluster,
  deployment: string,
  since: string,
  isUnfinished: (found: ClusterDeployment) => boolean,
  run: DriverRun,
): Promise<void> {
  try {
    await cluster.watch(deployment, since, isUnfinished, run.signal);
  } catch (error) {
    if (!(error instanceof ServerAway)) throw error;
    run.progress(`${error.message} Looking again.`);
  }
}
