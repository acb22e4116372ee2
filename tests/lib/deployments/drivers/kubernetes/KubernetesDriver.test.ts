import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DriverRun } from '../../../../../src/lib/deployments/Driver.js';
import type { KubernetesSettings } from '../../../../../src/lib/deployments/file/DeploymentsFile.js';
import { connectCluster } from '../../../../../src/lib/deployments/drivers/kubernetes/ApiCluster.js';
import { KubernetesDriver } from '../../../../../src/lib/deployments/drivers/kubernetes/KubernetesDriver.js';
import { available, startBotCluster, traffic, type BotCluster } from '../../../../support/kubernetes/bots.js';
import { until } from '../../../../support/redis/until.js';
import { driverContract, failureOf, withoutEnd, type DriverGround } from '../contract.js';

function driverOf(settings: KubernetesSettings): KubernetesDriver {
  return new KubernetesDriver({ settings, connect: () => connectCluster(settings) });
}

async function ground(): Promise<DriverGround> {
  const cluster = await startBotCluster();
  const { server, settings } = cluster;
  return {
    open: () => driverOf(settings),
    world: async () => {
      const { version } = traffic(server) as { version: 'stable' | 'new' };
      return {
        stable: available(server, 'tux-bot-stable'),
        new: available(server, 'tux-bot-new'),
        traffic: version,
      };
    },
    spoilStable: async () => void server.spoilt.add('tux-bot-stable'),
    dispose: () => cluster.dispose(),
  };
}

driverContract('kubernetes', ground);

describe('the kubernetes driver', () => {
  let cluster: BotCluster;
  beforeEach(async () => {
    cluster = await startBotCluster();
  });
  afterEach(() => cluster.dispose());

  const data = (): unknown => cluster.server.object('configmaps', 'feature-flags').data;

  function until2s(): DriverRun {
    return { progress: () => undefined, signal: AbortSignal.timeout(2_000) };
  }

  async function rollback(): Promise<void> {
    const driver = driverOf(cluster.settings);
    await driver.bringUp(withoutEnd());
    await driver.switchTraffic(withoutEnd());
    await driver.takeDown(withoutEnd());
  }

  it('says in its plan what is and what would be', async () => {
    expect(await driverOf(cluster.settings).plan()).toEqual([
      'Set all_features=false, rolled_back=yes in the ConfigMap feature-flags.',
      'Scale tux-bot-stable to 2 and wait until available (now 0).',
      'Then point the Service tux-bot at version=stable (now app=tux, version=new).',
      'Then scale tux-bot-new to 0 (now 2).',
    ]);
  });

  it('sets the ConfigMap for the rollback and gives it back what it held, whatever else is in it', async () => {
    await rollback();
    expect(data()).toEqual({ all_features: 'false', rolled_back: 'yes', other: 'stays' });
    await rollback();
    await driverOf(cluster.settings).undo(withoutEnd());
    expect(data()).toEqual({ all_features: 'true', other: 'stays' });
    expect(cluster.server.object('configmaps', 'feature-flags').metadata.annotations).toEqual({});
  });

  it('keeps of an earlier rollback only what nobody has set since', async () => {
    await rollback();
    cluster.server.object('configmaps', 'feature-flags').data = {
      all_features: 'false',
      rolled_back: 'by hand',
    };
    await rollback();
    expect(data()).toEqual({ all_features: 'false', rolled_back: 'yes' });
    await driverOf(cluster.settings).undo(withoutEnd());
    expect(data()).toEqual({ all_features: 'true', rolled_back: 'by hand' });
  });

  it('leaves labels of the selector alone that are of neither version, and takes out those of the other', async () => {
    const { service } = cluster.settings;
    if (service === undefined) throw new Error('There is a service.');
    const settings = { ...cluster.settings, service: { ...service, new: { version: 'new', beta: 'yes' } } };
    cluster.server.put('services', 'tux-bot', {
      spec: { selector: { app: 'tux', version: 'new', beta: 'yes' } },
    });
    const driver = driverOf(settings);
    await driver.bringUp(withoutEnd());
    await driver.switchTraffic(withoutEnd());
    expect(traffic(cluster.server)).toEqual({ app: 'tux', version: 'stable' });
  });

  it('never scales the stable version down to what the file says', async () => {
    cluster.server.put('deployments', 'tux-bot-stable', { spec: { replicas: 5 } });
    await driverOf(cluster.settings).bringUp(withoutEnd());
    expect(cluster.server.object('deployments', 'tux-bot-stable').spec).toEqual({ replicas: 5 });
  });

  it('reads anew and tries again where somebody else changed it at the same time (409)', async () => {
    cluster.server.meddling = 3;
    await rollback();
    expect(traffic(cluster.server)).toMatchObject({ version: 'stable' });
    const patches = cluster.server.calls.filter((call) => call.startsWith('patch configmaps'));
    expect(patches.length).toBe(4);
  });

  it('gives up on a conflict that never ends, and says so', async () => {
    cluster.server.meddling = Number.POSITIVE_INFINITY;
    const failure = await failureOf(driverOf(cluster.settings).bringUp(withoutEnd()));
    expect(failure.message).toContain('changed by somebody else at the same time');
  });

  it.each([
    ['get', 'configmaps', '""'],
    ['patch', 'configmaps', '""'],
    ['get', 'deployments', 'apps'],
    ['patch', 'deployments/scale', 'apps'],
    ['watch', 'deployments', 'apps'],
  ])('names the permission that is missing: %s %s', async (verb, resource, group) => {
    cluster.server.allowed = (asked, of) => `${asked} ${of}` !== `${verb} ${resource}`;
    const failure = await failureOf(driverOf(cluster.settings).bringUp(withoutEnd()));
    expect(failure.message).toContain(`does not let the bot ${verb} ${resource}`);
    expect(failure.next).toContain(`apiGroups: [${group}], resources: [${resource}], verbs: [${verb}]`);
    expect(available(cluster.server, 'tux-bot-new')).toBe(2);
  });

  it('goes on where the API server goes away half-way and comes back', async () => {
    cluster.server.spoilt.add('tux-bot-stable');
    const said: string[] = [];
    const done = driverOf(cluster.settings).bringUp({
      progress: (detail) => said.push(detail),
      signal: AbortSignal.timeout(15_000),
    });
    await until('it waits', () => said.some((detail) => detail.startsWith('Waiting for')));
    await cluster.server.stop();
    await until('it knows', () => said.some((detail) => detail.includes('does not answer')));
    cluster.server.spoilt.clear();
    await cluster.server.start();
    cluster.server.put('deployments', 'elsewhere', {});
    expect(await done).toBe('tux-bot-stable is available with 2.');
  });

  it('says at its deadline that the API server did not answer', async () => {
    await cluster.server.stop();
    const failure = await failureOf(driverOf(cluster.settings).bringUp(until2s()));
    expect(failure.message).toContain(`namespace bots at ${cluster.server.url}`);
    expect(failure.message).toContain('does not answer');
  });

  it('lets go at its deadline where the API server takes calls and never answers', async () => {
    cluster.server.hangs = true;
    const failure = await failureOf(driverOf(cluster.settings).bringUp(until2s()));
    expect(failure.message).toContain('no answer before its time was over');
  });

  it('says that its credentials are not accepted, and does not ask again', async () => {
    cluster.server.token = 'another one';
    const failure = await failureOf(driverOf(cluster.settings).bringUp(withoutEnd()));
    expect(failure.message).toContain("does not accept the bot's credentials");
    expect(failure.next).toContain('expired');
    expect(cluster.server.calls).toEqual([]);
  });

  it('tries again where a proxy in between is busy', async () => {
    cluster.server.failing = { status: 503, times: 2 };
    await driverOf(cluster.settings).bringUp(withoutEnd());
    expect(available(cluster.server, 'tux-bot-stable')).toBe(2);
  });

  it('looks again where the server has forgotten what it is asked to go on from (410)', async () => {
    cluster.server.forgetsAtOnce = true;
    await rollback();
    expect(available(cluster.server, 'tux-bot-stable')).toBe(2);
  });

  it('leaves the new version alone where the Service still points at it', async () => {
    const driver = driverOf(cluster.settings);
    await driver.bringUp(withoutEnd());
    const failure = await failureOf(driver.takeDown(withoutEnd()));
    expect(failure.message).toBe(
      'tux-bot-new was not scaled down, because the Service tux-bot still points at app=tux, version=new.',
    );
    expect(available(cluster.server, 'tux-bot-new')).toBe(2);
  });

  it('switches nothing and takes nothing down where the previous version is gone again', async () => {
    const driver = driverOf(cluster.settings);
    for (const begin of [() => driver.switchTraffic(withoutEnd()), () => driver.takeDown(withoutEnd())]) {
      expect((await failureOf(begin())).message).toContain('because tux-bot-stable is not available: 0 of 2');
    }
    expect(available(cluster.server, 'tux-bot-new')).toBe(2);
  });

  it('names what the cluster does not have', async () => {
    const settings = {
      ...cluster.settings,
      stable: { ...cluster.settings.stable, deployment: 'tux-bot-old' },
    };
    const failure = await failureOf(driverOf(settings).plan());
    expect(failure.message).toBe(
      `There is no deployment "tux-bot-old" (namespace bots at ${cluster.server.url}).`,
    );
  });

  it('says that there is no way to the cluster, and what to set', async () => {
    for (const wrong of [{ kubeconfig: '/no/such/file' }, { context: 'elsewhere' }]) {
      const failure = await failureOf(driverOf({ ...cluster.settings, ...wrong }).plan());
      expect(failure.message).toContain('There is no way to the cluster');
      expect(failure.next).toContain('driver.kubeconfig');
    }
  });
});
