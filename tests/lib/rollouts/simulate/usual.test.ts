import { expect, test } from 'vitest';
import { Traffic } from '../../../../src/lib/rollouts/simulate/Traffic.js';
import { UsualDays } from '../../../../src/lib/rollouts/simulate/usual.js';

test('what is usual are the offsets of the days it is frozen from, a day twice counting twice', () => {
  const traffic = new Traffic();
  const row = (guild: string, failures: number) => ({ guild, runs: 4, failures, durations: { 5: 3, 7: 1 } });
  traffic.add([{ unit: 0, guilds: [row('a', 1), row('b', 0)] }], 0);
  traffic.add([{ unit: 100, guilds: [row('a', 0)] }], 96);
  const { errors } = new UsualDays(traffic).over([0, 1, 1]);
  expect([...errors]).toEqual([(1 + 1) / (3 + 20), (0 + 1) / (1 + 20)]);
});

test('how slow a guild usually is is kept by guild and cut', () => {
  const traffic = new Traffic();
  const row = (guild: string, durations: Record<number, number>) => ({
    guild,
    runs: 4,
    failures: 0,
    durations,
  });
  traffic.add([{ unit: 0, guilds: [row('quick', { 5: 4 }), row('slow', { 5: 1, 7: 1, 9: 2 })] }], 0);
  const { latency } = new UsualDays(traffic).over([0]);
  const ofGuild = (guild: number) => traffic.cuts.map((_, cut) => latency[guild * traffic.cuts.length + cut]);
  expect(ofGuild(0)).toEqual(traffic.cuts.map(({ slower }) => (20 * slower) / 21));
  const beyond = traffic.cuts.map(({ edge }) => (edge >= 7 ? 0.5 : 0.75));
  expect(ofGuild(1)).toEqual(traffic.cuts.map(({ slower }, cut) => ((beyond[cut] ?? 0) + 20 * slower) / 21));
});
