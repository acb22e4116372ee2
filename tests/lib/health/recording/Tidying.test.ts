import { describe, expect, it } from 'vitest';
import { baseSeries, rolloutSeries } from '../../../../src/lib/health/recording/seriesNames.js';
import { guildId, MeasuringGround, today } from './ground.js';

const a = guildId(1);
const unitLength = 15 * 60_000;
const dayMs = 24 * 60 * 60_000;

async function measured(ground: MeasuringGround): Promise<void> {
  const [p1, p2] = [ground.process('p1'), ground.process('p2')];
  for (const process of [p1, p2, p1]) {
    process.run(a, 'R1', 'canary', { outcome: 'error' });
    await process.flushing.flush();
  }
}

const rowsIn = async (ground: MeasuringGround, series: string): Promise<number> =>
  (await ground.store.ledger.read(series)).length;

describe('tidying', () => {
  it('makes one row of a unit that is over, and changes nothing of what it says', async () => {
    const ground = await MeasuringGround.open();
    await measured(ground);
    const before = [
      [...(await ground.records.units('R1', today))],
      await ground.records.baseUnits(today, today),
    ];
    expect(await rowsIn(ground, rolloutSeries('R1', today))).toBe(3);
    ground.now += 3 * unitLength;
    await ground.tidying.turn(ground.now);
    expect(await rowsIn(ground, rolloutSeries('R1', today))).toBe(1);
    expect(await rowsIn(ground, baseSeries(today))).toBe(1);
    expect([
      [...(await ground.records.units('R1', today))],
      await ground.records.baseUnits(today, today),
    ]).toEqual(before);
  });

  it('leaves units alone that may still grow, and takes in what came late', async () => {
    const ground = await MeasuringGround.open();
    await measured(ground);
    ground.now += unitLength;
    await ground.tidying.turn(ground.now);
    expect(await rowsIn(ground, baseSeries(today))).toBe(3);
    ground.now += 2 * unitLength;
    await ground.tidying.turn(ground.now);
    const late = await ground.store.ledger.read(rolloutSeries('R1', today));
    await ground.store.ledger.append('late', [{ series: rolloutSeries('R1', today), row: late[0]! }]);
    expect([...(await ground.records.units('R1', today))]).toMatchObject([{ runs: 6, failures: 6 }]);
  });

  it('leaves a series with a damaged row as it is', async () => {
    const ground = await MeasuringGround.open();
    await measured(ground);
    await ground.store.ledger.append('damage', [{ series: baseSeries(today), row: Uint8Array.of(9) }]);
    ground.now += 3 * unitLength;
    await ground.tidying.turn(ground.now);
    expect(await rowsIn(ground, baseSeries(today))).toBe(4);
    expect(await rowsIn(ground, rolloutSeries('R1', today))).toBe(1);
  });

  it('forgets units after 8 days, and processes an hour after their last word', async () => {
    const ground = await MeasuringGround.open();
    await measured(ground);
    ground.now += 8 * dayMs;
    await ground.tidying.turn(ground.now);
    expect(await rowsIn(ground, baseSeries(today))).toBe(3);
    ground.now += unitLength;
    await ground.tidying.turn(ground.now);
    expect(await ground.store.ledger.series('', 'v')).toEqual([]);
    expect(await ground.store.blobs('processes').all()).toHaveLength(2);
    ground.storeAhead = 3_700_000;
    await ground.tidying.turn(ground.now);
    expect(await ground.store.blobs('processes').all()).toEqual([]);
  });
});
