/** A Redis Cluster of three masters on loopback. */
import { loopback, startRedis, type RedisProcess } from './server.js';
import { until } from './until.js';

export interface RedisClusterProcess {
  readonly url: string;
  readonly nodes: readonly RedisProcess[];
  dispose(): Promise<void>;
}

const slots = [
  [0, 5460],
  [5461, 10_922],
  [10_923, 16_383],
] as const;

export async function startCluster(): Promise<RedisClusterProcess> {
  const args = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '5000'];
  const nodes = await Promise.all(slots.map(() => startRedis(args)));
  await Promise.all(
    nodes.map(async (node, index) => {
      const [from, to] = slots[index] ?? slots[0];
      await node.send('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
      await node.send('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to));
    }),
  );
  const [first, ...others] = nodes;
  for (const other of others) await first?.send('CLUSTER', 'MEET', loopback, String(other.port));
  await until('every node of the cluster is ready', async () => {
    const infos = await Promise.all(nodes.map((node) => node.send('CLUSTER', 'INFO')));
    return infos.every((info) => /cluster_state:ok/.test(String(info)) && /known_nodes:3/.test(String(info)));
  });
  return {
    url: nodes.map(({ url }) => url).join(','),
    nodes,
    dispose: async () => {
      await Promise.all(nodes.map((node) => node.dispose()));
    },
  };
}
