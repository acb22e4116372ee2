/** What one process knows and does by itself: its copy, its smoke tests, and a store that does not answer it. */
import { describe, expect, it } from 'vitest';
import type { Deployments } from '../../../../src/lib/deployments/Deployments.js';
import { DeploymentsReplica } from '../../../../src/lib/deployments/life/DeploymentsReplica.js';
import { TryingOut } from '../../../../src/lib/deployments/life/TryingOut.js';
import { unmeasured } from '../../../../src/lib/deployments/life/unmeasured.js';
import { Unavailable } from '../../../../src/lib/state/errors.js';
import type { Store } from '../../../../src/lib/state/Store.js';
import { deployment } from '../monitor/ground.js';
import { ada, announcing, gateOf, Ground, passed } from './ground.js';

describe('the copy of a process', () => {
  it('takes what is newer, and lets what is older pass', () => {
    const replica = new DeploymentsReplica();
    const adopt = (v: number, version: string | null, seq = v) =>
      replica.adopt(
        'deployments',
        '7F3K2QX0',
        version === null ? null : ({ ...deployment(), v, version } as never),
        seq,
      );
    const known = () => replica.deployments.get('7F3K2QX0')?.version;
    adopt(5, 'five');
    adopt(4, 'four');
    adopt(5, 'another');
    expect(known()).toBe('five');
    adopt(6, 'six');
    adopt(0, null, 6);
    expect(known()).toBe('six');
    adopt(0, null, 7);
    expect(known()).toBeUndefined();
  });

  it('keeps the last good one where a document is damaged, and names what is wrong', () => {
    const replica = new DeploymentsReplica();
    const adopt = (document: object) => replica.adopt('deployments', '7F3K2QX0', document as never, 1);
    adopt({ ...deployment(), v: 5 });
    adopt({ ...deployment(), v: 6, state: 'exploded' });
    expect(replica.deployments.get('7F3K2QX0')?.v).toBe(5);
    expect(replica.damaged).toMatchObject([
      { ns: 'deployments', key: '7F3K2QX0', problem: expect.stringContaining('state') as string },
    ]);
    adopt({ ...deployment(), v: 7 });
    expect(replica.damaged).toEqual([]);
  });
});

it('what a process wrote is true in it at once, before it hears of it', async () => {
  const ground = await Ground.open();
  const deaf = await ground.process(true);
  const started = await deaf.start(announcing('1.4.0'));
  expect(started.v).toBeGreaterThan(0);
  expect(deaf.status()).toEqual(started);
  const gated = await deaf.takeGate(gateOf('1.4.0', 'passed'), 'production', { by: ada });
  expect(deaf.gate('1.4.0')?.verdict).toBe('passed');
  expect(deaf.status()?.v).toBe(gated?.v);
  expect((await deaf.finish('production', { by: ada })).v).toBe(deaf.status()?.v);
});

describe('smoke tests that run', () => {
  it('are let go together, and waited for', async () => {
    const order: string[] = [];
    let told = 0;
    const trying = new TryingOut(
      ({ signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            setImmediate(() => {
              order.push('ended');
              resolve([passed('late')]);
            });
          });
        }),
      () => (told += 1),
    );
    trying.look('A');
    trying.look('B');
    await trying.rest();
    order.push('rested');
    expect(order).toEqual(['ended', 'ended', 'rested']);
    // What they came to is nobody's any more: the next look begins anew.
    expect([told, trying.look('A')]).toEqual([0, undefined]);
    await trying.rest();
    expect(order).toHaveLength(4);
  });

  it('that end wake whoever looks after them', async () => {
    let told = 0;
    const trying = new TryingOut(
      () => Promise.resolve([passed('one')]),
      () => (told += 1),
    );
    expect(trying.look('A')).toBeUndefined();
    await expect.poll(() => told).toBe(1);
    expect(trying.look('A')).toEqual([passed('one')]);
  });
});

describe('a store that falls silent in mid-commit', () => {
  /** The first commit's answer stays away. @param lands whether it happened */
  async function silent(lands: boolean): Promise<Deployments> {
    let isFirst = true;
    const ground = await Ground.open();
    const store = Object.assign(Object.create(ground.store) as Store, {
      commit: async (commit: Parameters<Store['commit']>[0]) => {
        if (!isFirst) return ground.store.commit(commit);
        isFirst = false;
        if (lands) await ground.store.commit(commit);
        throw new Unavailable('No answer.', 'unknown');
      },
      time: async () => (await ground.store.time()) + (isFirst ? 0 : 60_000),
    });
    return ground.process(true, store);
  }

  it('is asked until it says that it happened: the person is told so', async () => {
    const room = await silent(true);
    const document = await room.start(announcing('1.4.0'));
    expect(document).toMatchObject({ version: '1.4.0', state: 'deploying' });
    expect(document.v).toBeGreaterThan(0);
  });

  it('is asked until it never can any more: the person is told that nothing was changed', async () => {
    const room = await silent(false);
    await expect(room.start(announcing('1.4.0'))).rejects.toMatchObject({
      outcome: 'none',
      message: 'The state store did not take it in time. Nothing was changed.',
    });
  });

  it('is not asked for a webhook, which is sent again by whoever sent it', async () => {
    const room = await silent(true);
    await expect(room.start(announcing('1.4.0', { delivery: 'hook.1' }))).rejects.toMatchObject({
      outcome: 'unknown',
    });
  });
});

it('a deployment that nobody can look after holds no other back, and is not passed over in silence', async () => {
  const ground = await Ground.open({
    monitor: {
      ...unmeasured,
      dueAt: ({ environment }) => (environment === 'broken' ? 0 : null),
      turn: () => Promise.reject(new TypeError('a bug')),
    },
  });
  await ground.room.start(announcing('1.4.0', { environment: 'broken' }));
  await ground.room.start(announcing('1.4.0', { environment: 'whole' }));
  ground.rollouts = ['R1'];
  await expect(ground.room.turn(ground.fence)).rejects.toThrow(
    '1 deployments could not be looked after: a bug',
  );
  expect(ground.room.status('whole')?.rollouts).toEqual(['R1']);
});
