import { expect, it } from 'vitest';
import { builtInPlan } from '../../../../src/lib/rollouts/plans/builtIn.js';
import { Simulating } from '../../../../src/lib/rollouts/simulate/Simulating.js';
import type { Simulation } from '../../../../src/lib/rollouts/simulate/Simulation.js';
import { now, recordsOf } from './recorded.js';

const plan = builtInPlan();
const asked = { plan, records: recordsOf({ guilds: 1, days: 1 }), now, guilds: 1 };
const other = { ...asked, plan: { ...plan, name: 'other' } };

function held() {
  const begun: { name: string; end: (error?: Error) => void }[] = [];
  const simulating = new Simulating(
    ({ plan: { name } }) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error): void => (error ? reject(error) : resolve({ plan: name } as Simulation));
        begun.push({ name, end });
      }),
  );
  return { simulating, begun };
}

it('who asks for a plan that is being tried out gets the same answer', async () => {
  const { simulating, begun } = held();
  const both = Promise.all([simulating.run(asked), simulating.run(asked)]);
  await expect.poll(() => begun.length).toBe(1);
  begun[0]?.end();
  const [first, second] = await both;
  expect(second).toBe(first);
  const again = simulating.run(asked);
  await expect.poll(() => begun.length).toBe(2);
  begun[1]?.end();
  await again;
});

it('another plan waits until the first is done, and has its turn also where that failed', async () => {
  const { simulating, begun } = held();
  const first = simulating.run(asked);
  const second = simulating.run(other);
  await expect.poll(() => begun.map(({ name }) => name)).toEqual(['default']);
  begun[0]?.end(new Error('the store is away'));
  await expect(first).rejects.toThrow('the store is away');
  await expect.poll(() => begun.map(({ name }) => name)).toEqual(['default', 'other']);
  begun[1]?.end();
  expect((await second).plan).toBe('other');
});
