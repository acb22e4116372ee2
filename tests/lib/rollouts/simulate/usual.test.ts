import { expect, test } from 'vitest';
import { Traffic } from '../../../../src/lib/rollouts/simulate/Traffic.js';
import { UsualDays } from '../../../../src/lib/rollouts/simulate/usual.js';

test('what is usual are the offsets of the days it is frozen from, a day twice counting twice', () => {
  const traffic = new Traffic();
  const row = (guild: string, failures: number) => ({ guild, runs: 4, failures, durations: { 5: 3, 7: 1 } });
  traffic.add([{ unit: 0, guilds: [row('a', 1), row('b', 0)] }], 0);
  traffic.add([{ unit: 100, guilds: [row('a', 0)] }], 96);
  const { errors, latency } = new UsualDays(traffic).over([0, 1, 1]);
  expect([...errors]).toEqual([(1 + 1) / (3 + 20), (0 + 1) / (1 + 20)]);
  const [cut] = traffic.cuts;
  expect(cut?.slower).toBe(0.25);
  expect(latency[0]).toBeCloseTo(0.25);
  expect(latency).toHaveLength(2 * traffic.cuts.length);
});
