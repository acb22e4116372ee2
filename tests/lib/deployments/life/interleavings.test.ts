/** Several processes, webhooks, people and the lease holder at once: what must hold however they meet. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deployments } from '../../../../src/lib/deployments/Deployments.js';
import { unmeasured } from '../../../../src/lib/deployments/life/unmeasured.js';
import type { DeploymentMonitor, MonitorStep } from '../../../../src/lib/deployments/monitor/Step.js';
import { RolloutError } from '../../../../src/lib/core/RolloutError.js';
import { Fenced } from '../../../../src/lib/state/errors.js';
import { ada, announcing, Ground, passed, told } from './ground.js';
import { Witness } from './Witness.js';

const version = fc.constantFrom('1.0.0', '1.1.0', '1.2.0');
const at = fc.integer({ min: 1, max: 6 });
const process = fc.integer({ min: 0, max: 2 });
const act = fc.oneof(
  fc.record({ do: fc.constant('start' as const), version, process }),
  fc.record({ do: fc.constant('finish' as const), process }),
  fc.record({ do: fc.constant('fail' as const), process }),
  fc.record({ do: fc.constant('hook started' as const), version, at, process }),
  fc.record({ do: fc.constant('hook ahead' as const), version, at, process }),
  fc.record({ do: fc.constant('hook finished' as const), version, at, process }),
  fc.record({ do: fc.constant('hook failed' as const), version, at, process }),
  fc.record({ do: fc.constant('turn' as const), process }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function perform(ground: Ground, rooms: readonly Deployments[], one: Act): Promise<unknown> {
  const room = rooms[one.process]!;
  switch (one.do) {
    case 'start':
      return room.start(announcing(one.version));
    case 'finish':
      return room.finish('production', { by: ada });
    case 'fail':
      return room.fail('production', { by: ada });
    case 'turn':
      return room.turn(ground.fence);
    default: {
      const delivery = `${one.do} ${one.version} ${one.at}`;
      const ask = { ...told(one.version, one.at), delivery };
      if (one.do === 'hook started') return room.start(ask);
      if (one.do === 'hook ahead') return room.start({ ...ask, isAhead: true });
      return one.do === 'hook finished' ? room.finish('production', ask) : room.fail('production', ask);
    }
  }
}

describe('whoever acts at once', () => {
  it('one deployment an environment, legal steps only, and each delivery once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
        async (rounds) => {
          const witness = new Witness();
          const ground = await Ground.open({ wrap: witness.wrap });
          // The last hears of nothing that the others do.
          const rooms = [ground.room, await ground.process(), await ground.process(true)];
          for (const round of rounds) {
            const outcomes = await Promise.allSettled(round.map((one) => perform(ground, rooms, one)));
            const bugs = outcomes.filter(
              (one) => one.status === 'rejected' && !(one.reason instanceof RolloutError),
            );
            expect(bugs).toEqual([]);
            ground.now += 700_000;
          }
          expect(witness.problems).toEqual([]);
          const titles = (await ground.audited()).filter((title) => title.startsWith('Start deployment'));
          expect(titles.length).toBeLessThanOrEqual(ground.room.list().length);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('of a webhook and a person who start the same version at once, one begins it and both are told the same', async () => {
    const ground = await Ground.open();
    const [one, other] = [await ground.process(true), await ground.process(true)];
    const [person, hook] = await Promise.allSettled([
      one.start(announcing('1.4.0')),
      other.start(told('1.4.0', 5)),
    ]);
    expect(hook.status).toBe('fulfilled');
    if (person.status === 'rejected') expect(String(person.reason)).toContain('1.4.0 is deploying');
    expect(await ground.store.audit.read({ limit: 10 })).not.toHaveLength(0);
    expect((await ground.notices()).filter(({ title }) => title.startsWith('🚀'))).toHaveLength(2);
    const room = await ground.process();
    expect(room.list()).toHaveLength(1);
    expect(room.status()?.origin).toMatchObject({ at: 5 });
  });
});

it('who heard how one ended, and not what took its place, begins nothing beside it', async () => {
  const ground = await Ground.open();
  const deaf = await ground.process(true);
  await ground.room.start(told('1.0.0', 1, { isAhead: true }));
  await ground.room.finish('production', { ...told('1.2.0', 2) });
  // It learns of 1.0.0 by the store's refusal, which brings that one document as it is now.
  await expect(deaf.start(told('1.3.0', 3))).rejects.toThrow('1.2.0 is being tried out in production');
  expect(ground.room.list({ isOpen: true })).toHaveLength(1);
});

describe('a deployment that ends while its smoke tests run', () => {
  it('stays ended, the tests are let go, and what they come to is nobody’s', async () => {
    const ground = await Ground.open();
    let come: (() => void) | undefined;
    ground.smoke = () => new Promise((resolve) => (come = () => resolve([passed('commands')])));
    await ground.room.start(announcing('1.4.0'));
    await ground.room.finish('production', { by: ada });
    await ground.turn();
    await ground.room.fail('production', { by: ada, reason: 'it burns' });
    come?.();
    for (let turn = 0; turn < 3; turn++) await ground.turn();
    expect(ground.room.status()).toMatchObject({ state: 'failed', smoke: null });
    expect((await ground.notices()).filter(({ title }) => title.includes('smoke'))).toEqual([]);
    expect(ground.smokeRuns).toBe(1);
  });

  it('aborts them: a run that waits for the signal ends', async () => {
    let aborted = false;
    const ground = await Ground.open({
      runSmoke: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new Error('let go'));
          });
        }),
    });
    await ground.room.start(announcing('1.4.0'));
    await ground.room.finish('production', { by: ada });
    await ground.turn();
    expect(aborted).toBe(false);
    await ground.room.fail('production', { by: ada });
    await ground.turn();
    expect(aborted).toBe(true);
    await ground.room.rest();
  });
});

describe('the lease changes hands', () => {
  /** A monitor whose look waits until the test lets it go on. */
  function slow() {
    const waiting: (() => void)[] = [];
    let looks = 0;
    const monitor: DeploymentMonitor = {
      ...unmeasured,
      dueAt: ({ state }) => (state === 'watching' ? 0 : null),
      turn: (document) => {
        looks += 1;
        const step: MonitorStep = {
          next: document,
          notices: [],
          over: { state: 'rolled-back', why: `Look ${looks}.`, tone: 'bad' },
        };
        return new Promise((resolve) => waiting.push(() => resolve(step)));
      },
    };
    return { monitor, waiting };
  }

  it('in mid-look: the look of who led before is refused by the store, and only the new leader’s counts', async () => {
    const { monitor, waiting } = slow();
    const ground = await Ground.open({ monitor });
    await ground.room.start(announcing('1.4.0'));
    await ground.room.finish('production', { by: ada });
    const other = await ground.process();
    await ground.turn();
    const begun = ground.room.turn(ground.fence);
    await expect.poll(() => waiting.length).toBe(1);
    await ground.takeOver();
    const next = other.turn(ground.fence);
    await expect.poll(() => waiting.length).toBe(2);
    waiting[0]?.();
    await expect(begun).rejects.toBeInstanceOf(Fenced);
    expect(other.status()?.state).toBe('watching');
    waiting[1]?.();
    await next;
    expect(other.status()).toMatchObject({ state: 'rolled-back', ended: { why: 'Look 2.' } });
    const ends = (await ground.notices()).filter(({ title }) => title.includes('is rolled back'));
    expect(ends.map(({ to }) => to)).toEqual(['operations', 'dev-team']);
  });

  it('in mid-look of a deployment that a person ended: it stays as the person left it', async () => {
    const { monitor, waiting } = slow();
    const ground = await Ground.open({ monitor });
    await ground.room.start(announcing('1.4.0'));
    await ground.room.finish('production', { by: ada });
    await ground.turn();
    const look = ground.room.turn(ground.fence);
    await expect.poll(() => waiting.length).toBe(1);
    await ground.room.fail('production', { by: ada, reason: 'enough' });
    waiting[0]?.();
    await look;
    expect(ground.room.status()).toMatchObject({ state: 'failed', ended: { why: 'ada: enough' } });
  });

  it('while smoke tests run: the new leader runs its own, and the old one’s come too late', async () => {
    const ground = await Ground.open();
    const come: (() => void)[] = [];
    ground.smoke = () => new Promise((resolve) => come.push(() => resolve([passed(`run ${come.length}`)])));
    await ground.room.start(announcing('1.4.0'));
    await ground.room.finish('production', { by: ada });
    const other = await ground.process();
    await ground.turn();
    const old = await ground.takeOver();
    await ground.turn(other);
    come[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    await expect(ground.room.turn(old)).rejects.toBeInstanceOf(Fenced);
    expect(other.status()?.state).toBe('testing');
    come[1]?.();
    await ground.turn(other);
    expect(other.status()?.state).toBe('watching');
    expect((await ground.notices()).filter(({ title }) => title.includes('smoke'))).toHaveLength(1);
  });
});

it('the same event that comes to every process at once is one commit', async () => {
  const ground = await Ground.open();
  const rooms = await Promise.all(Array.from({ length: 4 }, () => ground.process(true)));
  const started = { ...told('1.4.0', 5), delivery: 'hook.1' };
  await Promise.all(rooms.map((room) => room.start(started)));
  const ended = { ...told('1.4.0', 6), delivery: 'hook.2' };
  await Promise.all(rooms.map((room) => room.finish('production', ended)));
  expect(await ground.audited()).toEqual([
    'Start deployment 1.4.0 to production',
    'Finish deployment 1.4.0 to production',
  ]);
  expect(await ground.notices()).toHaveLength(4);
});
