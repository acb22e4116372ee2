import { expect, test } from 'vitest';
import { unitOf } from '../../../../src/lib/health/recording/unitOf.js';
import { fractionSlower } from '../../../../src/lib/health/judging/latencyBuckets.js';
import { recordedTraffic } from '../../../../src/lib/rollouts/simulate/recordedTraffic.js';
import { Traffic } from '../../../../src/lib/rollouts/simulate/Traffic.js';
import { now, recordsOf } from './recorded.js';

test('records are asked for day by day, the newest first, and the unit under way is left out', async () => {
  const records = recordsOf({ guilds: 2, days: 3 });
  const traffic = await recordedTraffic(records, now);
  expect(records.asked).toHaveLength(8);
  expect(records.asked[0]).toEqual([unitOf(now) - 96, unitOf(now) - 1]);
  expect(records.asked[1]).toEqual([unitOf(now) - 192, unitOf(now) - 97]);
  expect([traffic.days.length, traffic.guilds, traffic.runsPerDay]).toEqual([3, 2, 2 * 5 * 96]);
});

test('a day keeps who did what in which unit, and how slow it was', () => {
  const traffic = new Traffic();
  const slow = { 8: 1, 11: 3 };
  traffic.add(
    [
      { unit: 1_003, guilds: [{ guild: 'a', runs: 2, failures: 0, durations: { 9: 2 } }] },
      { unit: 1_095, guilds: [{ guild: 'b', runs: 4, failures: 2, durations: slow }] },
    ],
    1_000,
  );
  const [day] = traffic.days;
  expect(
    [...(day?.starts ?? [])]
      .map((start, slot) => [slot, start])
      .filter(([slot]) => [0, 3, 4, 95, 96].includes(slot ?? 0)),
  ).toEqual([
    [0, 0],
    [3, 0],
    [4, 1],
    [95, 1],
    [96, 2],
  ]);
  expect([[...(day?.runs ?? [])], [...(day?.isBad ?? [])]]).toEqual([
    [2, 4],
    [0, 1],
  ]);
  const kept = [...(day?.slower ?? [])].slice(traffic.edges);
  expect(kept).toEqual(kept.map((_, i) => fractionSlower(slow, traffic.firstEdge + i)));
  expect(kept).toContain(0.75);
});

test('a day on which nothing ran is no day, and durations may be missing', () => {
  const traffic = new Traffic();
  traffic.add([], 0);
  traffic.add([{ unit: 5, guilds: [] }], 0);
  expect(traffic.days).toHaveLength(0);
  traffic.add([{ unit: 5, guilds: [{ guild: 'a', runs: 1, failures: 0, durations: {} }] }], 0);
  expect([traffic.days.length, traffic.cuts.length]).toEqual([1, 0]);
});
