/** One master, one replica and three sentinels on loopback. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loopback, startRedis, type RedisProcess } from './server.js';
import { until } from './until.js';

export interface SentinelGroup {
  readonly url: string;
  readonly master: RedisProcess;
  readonly replica: RedisProcess;
  readonly sentinels: readonly RedisProcess[];
  dispose(): Promise<void>;
}

const name = 'rollouts-test';

export async function startSentinelGroup(): Promise<SentinelGroup> {
  const master = await startRedis(['--repl-diskless-sync-delay', '0']);
  const replica = await startRedis(['--appendonly', 'yes', '--replicaof', loopback, String(master.port)]);
  await until('the replica follows', async () =>
    /master_link_status:up/.test(String(await replica.send('INFO', 'replication'))),
  );
  const directory = await mkdtemp(join(tmpdir(), 'sentinel-test-'));
  const sentinels = await Promise.all([0, 1, 2].map((index) => startSentinel(directory, index, master.port)));
  await until('the sentinels know each other and the replica', async () => {
    const replies = await Promise.all(sentinels.map((one) => one.send('SENTINEL', 'MASTER', name)));
    return replies.every((reply) => {
      const fields = (reply as unknown[]).map(String);
      const of = (field: string): string | undefined => fields[fields.indexOf(field) + 1];
      return of('num-other-sentinels') === '2' && of('num-slaves') === '1';
    });
  });
  const all = [...sentinels, master, replica];
  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `${loopback}:${port}`).join(',')}/${name}`,
    master,
    replica,
    sentinels,
    dispose: async () => {
      await Promise.all(all.map((one) => one.dispose()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function startSentinel(directory: string, index: number, masterPort: number): Promise<RedisProcess> {
  const config = join(directory, `sentinel-${index}.conf`);
  await writeFile(
    config,
    [
      `sentinel monitor ${name} ${loopback} ${masterPort} 2`,
      `sentinel down-after-milliseconds ${name} 700`,
      `sentinel failover-timeout ${name} 3000`,
      '',
    ].join('\n'),
  );
  return startRedis([], config);
}
