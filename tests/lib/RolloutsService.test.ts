import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, LogLevel } from '@sapphire/framework';
import { Client } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolveConfig } from '../../src/config/resolveConfig.js';
import { RolloutsService } from '../../src/lib/RolloutsService.js';
import { describeRedis } from '../support/redis/available.js';
import { startRedis, type RedisProcess } from '../support/redis/server.js';
import { until } from '../support/redis/until.js';

const by = { id: '1', name: 'admin' };
const guild = '81384788765712384';
let dataDir: string;
let open: RolloutsService[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rollouts-service-'));
});

afterEach(async () => {
  await Promise.all(open.map((service) => service.close()));
  open = [];
  await rm(dataDir, { recursive: true, force: true });
});

async function openService(redisUrl?: string): Promise<RolloutsService> {
  const service = await RolloutsService.open({
    config: resolveConfig({
      staff: { guildId: '81384788765712380' },
      state: { dataDir, ...(redisUrl === undefined ? {} : { redisUrl }) },
      http: { port: 0 },
      flags: { declared: { description: 'In the code' } },
    }),
    client: new Client({ intents: [] }),
    logger: new Logger(LogLevel.None),
  });
  open.push(service);
  return service;
}

async function enableForEveryone(service: RolloutsService, flag: string): Promise<void> {
  await service.flags.change({ change: { do: 'create', flag, facts: { description: 'x' } }, by });
  const asked = await service.flags.change({ change: { do: 'enable', flag }, by });
  const confirmed = asked.status === 'confirm' ? asked.proposal : undefined;
  await service.flags.change({ change: { do: 'enable', flag }, by, confirmed });
}

test('flags that the code declares are created at start, and what was changed is there after the next one', async () => {
  const first = await openService();
  first.control.start();
  await until('the declared flag is there', () => first.flags.list().some(({ key }) => key === 'declared'));
  await enableForEveryone(first, 'kept');
  await first.close();

  const second = await openService();
  expect(second.flags.isEnabled('kept', guild)).toBe(true);
  expect(second.flags.list().map(({ key }) => key)).toEqual(['declared', 'kept']);
});

test('two processes on one data directory see each other’s changes, and only one leads', async () => {
  const [one, other] = [await openService(), await openService()];
  one.control.start();
  other.control.start();
  await until('one leads', () => one.control.status.isLeading || other.control.status.isLeading);
  await enableForEveryone(one, 'shared');
  await until('the other sees it', () => other.flags.isEnabled('shared', guild));
  expect([one, other].filter(({ control }) => control.status.isLeading)).toHaveLength(1);

  const leader = one.control.status.isLeading ? one : other;
  const follower = leader === one ? other : one;
  await leader.close();
  await until('the other leads now', () => follower.control.status.isLeading);
});

test('a closed service answers from memory still, and can be closed again', async () => {
  const service = await openService();
  await enableForEveryone(service, 'x');
  await service.close();
  await service.close();
  expect(service.flags.isEnabled('x', guild)).toBe(true);
});

describeRedis('started while Redis is away', () => {
  let redis: RedisProcess;

  beforeEach(async () => {
    redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
  });

  afterEach(() => redis.dispose());

  test('the last state that was kept is served, marked as stale, until Redis is back', async () => {
    const before = await openService(redis.url);
    await enableForEveryone(before, 'walls');
    before.control.start();
    await until('the state was kept', () =>
      before.control.status.duties.some(
        ({ name, turns, busySince, lastError }) =>
          name === 'keep-last-known' && turns > 0 && busySince === undefined && lastError === undefined,
      ),
    );
    await before.close();
    await redis.stop();

    const service = await openService(redis.url);
    expect(service.flags.isEnabled('walls', guild)).toBe(true);
    expect(service.flags.stale).toBeDefined();
    expect((await fetch(`${service.httpUrl}/readyz`)).status).toBe(503);
    await expect(service.flags.change({ change: { do: 'kill', flag: 'walls' }, by })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });

    await redis.start();
    await until('it is fresh again', () => service.flags.stale === undefined);
    expect(service.flags.isEnabled('walls', guild)).toBe(true);
    expect((await service.flags.change({ change: { do: 'kill', flag: 'walls' }, by })).status).toBe('done');
  });

  test('where no state was ever kept, every flag is off', async () => {
    await redis.stop();
    const service = await openService(redis.url);
    expect(service.flags.isEnabled('walls', guild)).toBe(false);
    expect(service.flags.isLoaded).toBe(false);
    await redis.start();
    await until('it has loaded', () => service.flags.isLoaded);
  });
});
