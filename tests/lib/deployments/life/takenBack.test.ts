/** Everything is rolled back by a person while a deployment is under way. */
import { describe, expect, it } from 'vitest';
import { everythingBack } from '../../../../src/lib/openDeployments.js';
import type { RollbackDocument } from '../../../../src/lib/rollbacks/documents.js';
import { ada, announcing, Ground } from './ground.js';

async function opened() {
  const pressed: number[] = [];
  const ground = await Ground.open({
    everythingBack: (since) =>
      pressed.some((at) => at >= since) ? 'ada rolled everything back (R1): it burns' : undefined,
  });
  return { ground, press: () => void pressed.push(ground.now) };
}

describe('a deployment, when everything is rolled back', () => {
  it.each(['deploying', 'testing', 'watching'] as const)(
    'is over where it is %s, and says who did it',
    async (state) => {
      const { ground, press } = await opened();
      if (state === 'testing') ground.smoke = () => new Promise(() => undefined);
      await ground.room.start(announcing('1.4.0'));
      if (state !== 'deploying') await ground.room.finish('production', { by: ada });
      if (state === 'watching') await ground.until('watching');
      ground.now += 60_000;
      press();
      await ground.turn();
      expect(ground.room.status()).toMatchObject({
        state: 'rolled-back',
        ended: { why: 'ada rolled everything back (R1): it burns' },
      });
      const ends = (await ground.notices()).filter(({ title }) => title.includes('is rolled back'));
      expect(ends.map(({ to }) => to)).toEqual(['operations', 'dev-team']);
      const told = await ground.notices();
      await ground.turn();
      expect(await ground.notices()).toEqual(told);
    },
  );

  it('that is only announced, or begins afterwards, goes on', async () => {
    const { ground, press } = await opened();
    await ground.room.start(announcing('1.4.0', { isAhead: true }));
    ground.now += 1_000;
    press();
    await ground.turn();
    expect(ground.room.status()?.state).toBe('announced');
    ground.now += 1_000;
    await ground.room.start(announcing('1.4.0'));
    await ground.turn();
    expect(ground.room.status()?.state).toBe('deploying');
  });
});

it('everything is back by a rollback of everything that is no drill, since then', () => {
  const rollback = (more: Partial<RollbackDocument> = {}) =>
    ({
      ...{ id: 'R1', kind: 'immediate', flag: null, reason: 'it burns' },
      ...{ created: { by: '1', at: 100, name: 'ada' }, ...more },
    }) as RollbackDocument;
  expect(everythingBack([rollback()], 100)).toBe('ada rolled everything back (R1): it burns');
  expect(everythingBack([rollback()], 101)).toBeUndefined();
  expect(everythingBack([rollback({ flag: 'a' })], 0)).toBeUndefined();
  expect(everythingBack([rollback({ kind: 'drill' })], 0)).toBeUndefined();
  expect(everythingBack([], 0)).toBeUndefined();
});
