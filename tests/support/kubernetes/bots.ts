/** A cluster with a bot in it: the new version up with two pods and with the traffic, the previous one scaled to 0. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesSettings } from '../../../src/lib/deployments/file/DeploymentsFile.js';
import { until } from '../redis/until.js';
import { ApiServer, namespace, token } from './ApiServer.js';

export interface BotCluster {
  readonly server: ApiServer;
  readonly settings: KubernetesSettings;
  dispose(): Promise<void>;
}

export async function startBotCluster(): Promise<BotCluster> {
  const server = new ApiServer();
  await server.start();
  server.put('configmaps', 'feature-flags', { data: { all_features: 'true', other: 'stays' } });
  server.put('deployments', 'tux-bot-new', { spec: { replicas: 2 } });
  server.put('deployments', 'tux-bot-stable', { spec: { replicas: 0 } });
  server.put('services', 'tux-bot', { spec: { selector: { app: 'tux', version: 'new' } } });
  await until('the new version is up', () => available(server, 'tux-bot-new') === 2);
  const folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  const kubeconfig = join(folder, 'config');
  await writeFile(kubeconfig, JSON.stringify(kubeconfigFor(server.url)));
  return {
    server,
    settings: {
      use: 'kubernetes',
      namespace,
      kubeconfig,
      context: undefined,
      configMap: { name: 'feature-flags', set: { all_features: 'false', rolled_back: 'yes' } },
      new: { deployment: 'tux-bot-new', replicas: 2 },
      stable: { deployment: 'tux-bot-stable', replicas: 2, release: '1.0.0' },
      service: { name: 'tux-bot', stable: { version: 'stable' }, new: { version: 'new' } },
    },
    dispose: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

export function available(server: ApiServer, deployment: string): number {
  return Number(server.object('deployments', deployment).status?.['availableReplicas'] ?? 0);
}

export function traffic(server: ApiServer): unknown {
  return server.object('services', 'tux-bot').spec?.['selector'];
}

function kubeconfigFor(server: string) {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'tests',
    contexts: [{ name: 'tests', context: { cluster: 'tests', user: 'bot' } }],
    clusters: [{ name: 'tests', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'bot', user: { token } }],
  };
}
