import { describe, expect, it } from 'vitest';
import { mergeHistograms } from '../../../../src/lib/health/judging/latencyBuckets.js';
import { packReport } from '../../../../src/lib/health/recording/ProcessReport.js';
import { rolloutSeries } from '../../../../src/lib/health/recording/seriesNames.js';
import { guildId, MeasuringGround, reportOf, today } from './ground.js';

const [a, b] = [guildId(1), guildId(2)] as const;
const minuteMs = 60_000;

describe('what the judge reads', () => {
  it('keeps rollouts, units and arms apart', async () => {
    const ground = await MeasuringGround.open();
    const process = ground.process('p1');
    process.run(a, 'R1', 'canary');
    process.run(a, 'R1', 'control', { isRandomised: false });
    process.run(b, 'R2', 'control');
    ground.now += 15 * minuteMs;
    process.run(b, 'R1', 'control', { outcome: 'error' });
    await process.flushing.flush();
    const rows = async (id: string, unit: number) =>
      [...(await ground.records.units(id, unit))].map(({ guild, arm, isRandomised, failures }) => [
        guild,
        arm,
        isRandomised,
        failures,
      ]);
    expect(await rows('R1', today)).toEqual([
      [a, 'control', false, 0],
      [a, 'canary', true, 0],
    ]);
    expect(await rows('R1', today + 1)).toEqual([[b, 'control', true, 1]]);
    expect(await rows('R2', today)).toEqual([[b, 'control', true, 0]]);
    expect(await rows('R3', today)).toEqual([]);
  });

  it('tells the last minutes apart from what was before, across the end of a unit', async () => {
    const ground = await MeasuringGround.open();
    const process = ground.process('p1');
    ground.now += 8 * minuteMs;
    process.run(a, 'R1', 'canary');
    await process.flushing.flush();
    ground.now += 6 * minuteMs;
    process.run(b, 'R1', 'canary');
    await process.flushing.flush();
    ground.now += 2 * minuteMs;
    process.run(b, 'R1', 'canary');
    await process.flushing.flush();
    expect([...(await ground.records.recent('R1', ground.now - 5 * minuteMs))]).toMatchObject([
      { guild: b, runs: 2 },
    ]);
    expect([...(await ground.records.recent('R1', ground.now))]).toEqual([]);
  });

  it('tells what all guilds did in five minutes: spans that follow each other count every run once', async () => {
    const ground = await MeasuringGround.open();
    const process = ground.process('p1');
    const from = ground.now;
    for (let minute = 1; minute <= 20; minute++) {
      process.run(minute % 2 === 0 ? a : b, 'R1', 'canary');
      ground.now += minuteMs;
      await process.flushing.flush();
    }
    const runs = async (since: number, until: number): Promise<number> =>
      (await ground.records.baseBetween(from + since * minuteMs, from + until * minuteMs)).reduce(
        (sum, counts) => sum + counts.runs,
        0,
      );
    expect([await runs(0, 5), await runs(5, 10), await runs(10, 15), await runs(15, 20)]).toEqual([
      5, 5, 5, 5,
    ]);
    expect(await runs(20, 25)).toBe(0);
    expect(await ground.records.baseBetween(from, from + 2 * minuteMs)).toMatchObject([
      { guild: b, runs: 1, failures: 0 },
      { guild: a, runs: 1 },
    ]);
  });

  it('counts the last minutes back from the last flush, however fast time runs meanwhile', async () => {
    const ground = await MeasuringGround.open();
    const process = ground.process('p1');
    process.run(a, 'R1', 'canary');
    ground.now += 10 * minuteMs;
    await process.flushing.flush();
    process.run(b, 'R1', 'canary');
    ground.now += minuteMs;
    await process.flushing.flush();
    ground.now += 30 * minuteMs;
    const recent = [...(await ground.records.recent('R1', ground.now - minuteMs))];
    expect(recent).toMatchObject([{ guild: b, runs: 1 }]);
  });

  it('has every active guild, rollout or not, unit by unit', async () => {
    const ground = await MeasuringGround.open();
    const process = ground.process('p1');
    process.run(a, 'R1', 'canary');
    process.plainRun(a);
    ground.now += 30 * minuteMs;
    process.plainRun(b, { outcome: 'error' });
    await process.flushing.flush();
    const units = await ground.records.baseUnits(today, today + 2);
    expect(units).toMatchObject([
      { unit: today, guilds: [{ guild: a, runs: 2, failures: 0 }] },
      { unit: today + 2, guilds: [{ guild: b, runs: 1, failures: 1 }] },
    ]);
  });

  it('sums what all guilds did, unit by unit, to the same as guild by guild', async () => {
    const ground = await MeasuringGround.open();
    const process = ground.process('p1');
    process.plainRun(a);
    process.plainRun(a, { ms: 900 });
    process.plainRun(b, { outcome: 'error' });
    await process.flushing.flush();
    ground.now += 30 * minuteMs;
    process.plainRun(b);
    await process.flushing.flush();
    const sums = await ground.records.baseSums(today, today + 3);
    expect(sums).toMatchObject([
      { unit: today, runs: 3, failures: 1 },
      { unit: today + 2, runs: 1, failures: 0 },
    ]);
    const [{ guilds } = { guilds: [] }] = await ground.records.baseUnits(today, today);
    expect(sums[0]?.durations).toEqual(mergeHistograms(...guilds.map(({ durations }) => durations)));
  });

  it('leaves a damaged row out, and says so once', async () => {
    const ground = await MeasuringGround.open();
    const process = ground.process('p1');
    process.run(a, 'R1', 'canary');
    await process.flushing.flush();
    const series = rolloutSeries('R1', today);
    await ground.store.ledger.append('damage', [{ series, row: Uint8Array.of(1, 200) }]);
    await ground.records.units('R1', today);
    expect([...(await ground.records.units('R1', today))]).toMatchObject([{ guild: a, runs: 1 }]);
    expect(ground.warnings).toEqual([`Measurements in "${series}" cannot be read and are left out.`]);
  });
});

describe('processes', () => {
  it('are those that reported lately, and units are whole once all of them have flushed past their end', async () => {
    const ground = await MeasuringGround.open();
    const processes = ground.store.blobs('processes');
    expect(await ground.records.settledUntil()).toBeNull();
    await processes.put('p1', packReport(reportOf({ flushedUntil: 900 })));
    await processes.put('p2', packReport(reportOf({ flushedUntil: 700 })));
    expect(await ground.records.settledUntil()).toBe(700);
    expect((await ground.records.processes()).map(({ process }) => process)).toEqual(['p1', 'p2']);
    ground.storeAhead = 91_000;
    expect(await ground.records.processes()).toEqual([]);
    expect(await ground.records.settledUntil()).toBeNull();
  });

  it('of another version, whose report cannot be read, are passed over but heard', async () => {
    const ground = await MeasuringGround.open();
    const processes = ground.store.blobs('processes');
    await processes.put('p1', Buffer.from('{"format":2}'));
    await processes.put('p2', Buffer.from('not JSON'));
    expect(await ground.records.processes()).toEqual([]);
    expect(await ground.records.lastFlushAt()).toBeGreaterThan(Date.now() - 60_000);
  });
});
