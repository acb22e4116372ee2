import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../src/lib/state/openStore.js';
import { describeRedis } from '../support/redis/available.js';
import { startRedis, type RedisProcess } from '../support/redis/server.js';
import { rollouts } from './FakeTerminal.js';

describeRedis('moving from embedded state to Redis and back', () => {
  let folder: string;
  let redis: RedisProcess;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollouts-moving-'));
    redis = await startRedis();
  });
  afterEach(async () => {
    await redis.dispose();
    await rm(folder, { recursive: true });
  });

  it('keeps every document and the audit', async () => {
    const embedded = { DATA_DIR: join(folder, 'data') };
    const onRedis = { DATA_DIR: join(folder, 'other'), REDIS_URL: redis.url };
    const back = { DATA_DIR: join(folder, 'back') };
    const store = await openStore({ dataDir: embedded.DATA_DIR, prefix: 'rollouts' });
    await store.commit({
      op: 'one',
      notAfter: Date.now() + 60_000,
      changes: [{ ns: 'flags', key: 'moved', expect: 0, next: { schema: 1, list: [], n: 1 } }],
      audit: [{ what: 'moved' }],
      outbox: [],
    });
    const before = (await store.load()).documents.flags;
    await store.close();

    const [first, second] = [join(folder, 'first.gz'), join(folder, 'second.gz')];
    for (const [args, environment] of [
      [['snapshot', first], embedded],
      [['restore', first, '--yes'], onRedis],
      [['audit', 'verify'], onRedis],
      [['snapshot', second], onRedis],
      [['restore', second, '--yes'], back],
      [['audit', 'verify'], back],
    ] as const) {
      expect(await rollouts(args, environment), args.join(' ')).toMatchObject({ exitCode: 0, err: '' });
    }
    const arrived = await openStore({ dataDir: back.DATA_DIR, prefix: 'rollouts' });
    expect((await arrived.load()).documents.flags).toEqual(before);
    expect(await arrived.audit.read({ limit: 5 })).toMatchObject([
      { body: { kind: 'recovery' } },
      { body: { kind: 'recovery' } },
      { body: { what: 'moved' } },
    ]);
    await arrived.close();
  });

  it("says in the doctor's words what of Redis' settings risks the state", async () => {
    const run = await rollouts(['doctor'], { REDIS_URL: redis.url, DATA_DIR: join(folder, 'data') });
    expect(run.err).toMatch(/ok +store +Redis: answers in /);
    expect(run.err).toMatch(/warning +store +/);
  });
});
