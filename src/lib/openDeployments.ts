/** The room of deployments, with its ports filled by smoke tests, the monitor and rollouts; and the hooks that tell it of things. */
import type { RolloutsConfig } from '../config/Config.js';
import type { Clock } from './core/Clock.js';
import type { RandomBytes } from './core/ids.js';
import { Deployments } from './deployments/Deployments.js';
import type { RunSmoke } from './deployments/life/work.js';
import type { DeploymentMonitor } from './deployments/monitor/Step.js';
import { DeploymentsHook } from './deployments/webhooks/DeploymentsHook.js';
import { GithubHook } from './deployments/webhooks/GithubHook.js';
import type { TakeMetrics } from './deployments/webhooks/HooksRoom.js';
import type { Hooks } from './http/Hook.js';
import { isOver } from './rollouts/transitions.js';
import type { RollbackDocument } from './rollbacks/documents.js';
import type { RollbacksRoom } from './rollbacks/RollbacksRoom.js';
import type { Rollouts } from './rollouts/Rollouts.js';
import type { SmokeRuns } from './smoke/runs/SmokeRuns.js';
import type { SmokeRunner } from './smoke/SmokeRunner.js';
import type { Store } from './state/Store.js';

export interface DeploymentRooms {
  readonly store: Store;
  readonly rollouts: Pick<Rollouts, 'documents'>;
  readonly rollbacks: Pick<RollbacksRoom, 'list'>;
  readonly smoke: Pick<SmokeRunner, 'list'>;
  readonly smokeRuns: Pick<SmokeRuns, 'run'>;
  readonly monitor: DeploymentMonitor;
  readonly domainTime: Clock;
  readonly realTime: Clock;
  readonly random: RandomBytes;
  /** Something is to be done at once, by the lease holder. */
  readonly onDue: () => void;
}

/** The suite that follows every deployment. */
const suite = 'smoke';
const by = { id: 'system:deployments', name: 'a deployment' } as const;

export function openDeployments(rooms: DeploymentRooms): Deployments {
  const { store, rollouts, rollbacks, monitor, domainTime, realTime, random, onDue } = rooms;
  return new Deployments({
    ...{ store, monitor, realTime, random, onDue, clock: domainTime },
    runSmoke: smokeAfter(rooms),
    everythingBack: (since) => everythingBack(rollbacks.list(), since),
    rollouts: () => [...rollouts.documents].filter(({ state }) => !isOver(state)).map(({ id }) => id),
  });
}

/** A drill takes nothing back, and one flag is not the version. */
export function everythingBack(rollbacks: readonly RollbackDocument[], since: number): string | undefined {
  const found = rollbacks.find(
    ({ flag, kind, created }) => flag === null && kind !== 'drill' && created.at >= since,
  );
  return found && `${found.created.name} rolled everything back (${found.id}): ${found.reason}`;
}

/** A run like any other, but that the deployment itself tells what came of it. */
function smokeAfter({ smoke, smokeRuns }: DeploymentRooms): RunSmoke {
  return async ({ signal, progress }) => {
    if (!smoke.list().some(({ suites }) => suites.includes(suite))) return [];
    const { run } = await smokeRuns.run({
      ...{ what: { suite }, by, tells: false, signal },
      onTick: (ticks) => {
        const done = ticks.filter(({ state }) => state === 'passed' || state === 'failed').length;
        const now = ticks.find(({ state }) => state === 'running');
        progress(`${done} of ${ticks.length} done${now === undefined ? '' : `; now ${now.name}`}`);
      },
    });
    return run.result?.results ?? [];
  };
}

/** The routes whose secrets are set; a route without one is not there. */
export function deploymentHooks(
  { webhooks = {} }: Pick<RolloutsConfig, 'webhooks'>,
  rooms: {
    readonly deployments: Deployments;
    readonly store: Store;
    readonly realTime: Clock;
    readonly takeMetrics?: TakeMetrics;
  },
): Hooks {
  const { githubSecret, deploymentSecret } = webhooks;
  return {
    ...(githubSecret !== undefined && {
      '/hooks/github': new GithubHook({ ...rooms, secret: githubSecret }),
    }),
    ...(deploymentSecret !== undefined && {
      '/hooks/deployments': new DeploymentsHook({ ...rooms, secret: deploymentSecret }),
    }),
  };
}
