/** A press that meets somebody else's commits again and again. */
import { expect, it } from 'vitest';
import type { Store } from '../../../src/lib/state/Store.js';
import { asked, done, Ground } from './ground.js';

const flag = 'greeting';

/** Somebody writes the rollback a moment before each commit of a person. */
class Busy {
  public left = 0;
  public id = '';

  public readonly wrap = (store: Store): Store => {
    const commit: Store['commit'] = async (one) => {
      if (one.fence === undefined && this.left > 0) {
        this.left--;
        await this.write(store);
      }
      return store.commit(one);
    };
    return Object.assign(Object.create(store) as Store, { commit });
  };

  private async write(store: Store): Promise<void> {
    const [stands] = await store.getMany('rollbacks', [this.id]);
    if (stands === null || stands === undefined) throw new Error('There is no rollback yet.');
    const { v, ...next } = stands;
    const notAfter = (await store.time()) + 10_000;
    const changes = [{ ns: 'rollbacks' as const, key: this.id, expect: v, next }];
    await store.commit({ op: `busy-${this.left}`, notAfter, changes, audit: [], outbox: [] });
  }
}

async function pressedDuring(losses: number) {
  const busy = new Busy();
  const ground = await Ground.open({ wrapRoom: busy.wrap });
  await ground.serve(flag);
  busy.id = done(await ground.rollbacks.gradual({ ...asked(flag), flag })).id;
  busy.left = losses;
  return { ground, id: busy.id, outcome: await ground.rollbacks.now(asked(flag)) };
}

it('a press that loses to twenty steps of a gradual rollback is done in the end, in the same rollback', async () => {
  const { ground, id, outcome } = await pressedDuring(20);
  expect(done(outcome)).toMatchObject({ id, descent: { nextAt: null } });
  expect(ground.on(flag)).toBe(0);
  expect(ground.flags.flag(flag).killed).not.toBeNull();
});

it('one that loses longer than anybody waits is off here all the time, and goes on until it is everywhere', async () => {
  const { ground, id, outcome } = await pressedDuring(60);
  if (outcome.status !== 'here-only') throw new Error(`expected here-only, got ${outcome.status}`);
  expect(ground.on(flag)).toBe(0);
  expect((await outcome.settled).id).toBe(id);
  expect(ground.on(flag)).toBe(0);
  expect(ground.flags.flag(flag).killed).not.toBeNull();
});

const driverSteps = (ran: readonly string[]) => ran.filter((name) => name !== 'snapshot').join(', ');

it('two rollbacks at once use the driver one after the other, and both come to their end', async () => {
  const ground = await Ground.open();
  await ground.serve(flag);
  await ground.serve('other');
  let bringUp = (_detail: string): void => undefined;
  ground.fates.set('bring-up', () => new Promise((resolve) => (bringUp = resolve)));
  const first = await ground.now_(flag);
  ground.pass(10);
  const second = await ground.now_(null);
  for (let turn = 0; turn < 5; turn++) {
    await ground.turn();
    ground.pass(1_000);
  }
  expect(driverSteps(ground.ran)).toBe('bring-up');
  expect(ground.rollbacks.status(second.id).steps.find(({ name }) => name === 'bring-up')).toMatchObject({
    state: 'waiting',
    detail: 'Waits until the rollback of greeting is done with its steps.',
  });
  ground.fates.clear();
  bringUp('up at last');
  await ground.until(() => ground.rollbacks.list().every(({ state }) => state === 'completed'));
  expect(driverSteps(ground.ran)).toBe('bring-up, hand-over, take-down, bring-up, hand-over, take-down');
  expect(ground.rollbacks.status(first.id).receipt).not.toBeNull();
  expect(ground.rollbacks.status(second.id).receipt).not.toBeNull();
});

it('everything, while one flag comes down batch by batch: all is off at once, and turned on again that flag stays where it was going', async () => {
  const ground = await Ground.open();
  await ground.serve(flag);
  await ground.serve('other');
  const gradual = done(await ground.rollbacks.gradual({ ...asked(flag), flag }));
  await ground.now_(null);
  expect([ground.on(flag), ground.on('other')]).toEqual([0, 0]);
  await ground.until(() => ground.rollbacks.list().every(({ state }) => state === 'completed'));
  await ground.do({ do: 'unkill-all' });
  expect([ground.on(flag), ground.on('other')]).toEqual([0, 40]);
  expect(ground.rollbacks.status(gradual.id).offAt).not.toBeNull();
});
