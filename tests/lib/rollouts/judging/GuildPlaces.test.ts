import { describe, expect, it } from 'vitest';
import { position } from '../../../../src/lib/flags/position.js';
import { GuildNumbering } from '../../../../src/lib/health/recording/columns/GuildNumbering.js';
import type { Baseline } from '../../../../src/lib/health/recording/HealthRecords.js';
import { GuildPlaces } from '../../../../src/lib/rollouts/judging/GuildPlaces.js';

function baselineThatCounts(): Baseline & { asked: string[] } {
  const asked: string[] = [];
  return {
    ...{ asked, frozenAt: 0, units: 0, cuts: [] },
    rowOf: (guild) => asked.push(guild) - 1,
    errorOffset: () => 0.05,
    latencyOffset: () => 0.1,
    dailyRuns: () => 0,
  };
}

const ids = ['110373943822540800', '81384788765712384', '1310373943822540800', 'no snowflake', '12'];

describe("a guild's place", () => {
  it('is the position that evaluation uses, whatever the id looks like', () => {
    const numbering = new GuildNumbering();
    const numbers = ids.map((id) => numbering.numberOf(id));
    for (const seed of ['a', 'greeting', 'ギルド', 'long_flag_name_2']) {
      const { positions } = new GuildPlaces(seed, baselineThatCounts()).of(numbering);
      expect(numbers.map((number) => positions[number])).toEqual(ids.map((id) => position(seed, id)));
    }
  });

  it('is looked up once, and for guilds that come later when they come', () => {
    const numbering = new GuildNumbering();
    const baseline = baselineThatCounts();
    const places = new GuildPlaces('seed', baseline);
    numbering.numberOf(ids[0]!);
    places.of(numbering);
    for (const id of ids) numbering.numberOf(id);
    const { rows, positions } = places.of(numbering);
    places.of(numbering);
    expect(baseline.asked).toEqual(ids);
    expect([...rows.subarray(0, ids.length)]).toEqual([0, 1, 2, 3, 4]);
    expect(positions[4]).toBe(position('seed', '12'));
  });

  it('is looked up anew under another numbering', () => {
    const [one, other] = [new GuildNumbering(), new GuildNumbering()];
    const places = new GuildPlaces('seed', baselineThatCounts());
    one.numberOf(ids[0]!);
    places.of(one);
    other.numberOf(ids[1]!);
    expect(places.of(other).positions[0]).toBe(position('seed', ids[1]!));
  });
});
