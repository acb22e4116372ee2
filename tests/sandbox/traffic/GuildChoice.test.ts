import { expect, test } from 'vitest';
import { activityAt, GuildChoice } from '../../../src/sandbox/traffic/GuildChoice.js';
import { seededRandom } from '../../../src/sandbox/traffic/seededRandom.js';
import { fixedId } from '../../../src/sandbox/world/snowflake.js';

const guilds = Array.from({ length: 100 }, (_, n) => ({ id: fixedId('guild', n), memberCount: 1_000 - n }));
const day = 86_400_000;

function picks(count: number, seed: number, from = guilds): Map<string, number> {
  const choice = new GuildChoice(from);
  const random = seededRandom(seed);
  const counts = new Map<string, number>();
  for (let n = 0; n < count; n++) {
    const id = choice.pick(random, (n * day) / count);
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

test('over a day the n-th largest guild gets an n-th of the largest one’s traffic', () => {
  const counts = picks(200_000, 1);
  const of = (n: number): number => counts.get(guilds[n - 1]?.id ?? '') ?? 0;
  expect(of(1) / of(2)).toBeCloseTo(2, 0);
  expect(of(1) / of(10)).toBeGreaterThan(8);
  expect(of(1) / of(10)).toBeLessThan(12.5);
  expect(of(100)).toBeGreaterThan(0);
});

test('every guild sleeps some of the day, and none is ever quite silent', () => {
  for (const { id } of guilds.slice(0, 20)) {
    const hours = Array.from({ length: 24 }, (_, hour) => activityAt(id, (hour * day) / 24));
    expect(Math.max(...hours)).toBeGreaterThan(0.98);
    expect(Math.min(...hours)).toBeGreaterThan(0.1);
    expect(Math.min(...hours)).toBeLessThan(0.2);
  }
});

test('guilds of staff are as busy as their rank says', () => {
  const small = { id: fixedId('guild', 999), memberCount: 2, rank: 1 };
  const counts = picks(50_000, 2, [...guilds, small]);
  expect(counts.get(small.id)).toBeGreaterThan((counts.get(guilds[4]?.id ?? '') ?? 0) * 2);
});

test('the same seed gives the same traffic, another seed another', () => {
  expect([...picks(500, 7)]).toEqual([...picks(500, 7)]);
  expect([...picks(500, 7)]).not.toEqual([...picks(500, 8)]);
});

test('no guilds, no traffic', () => {
  expect(new GuildChoice([]).pick(seededRandom(1), 0)).toBeUndefined();
});
