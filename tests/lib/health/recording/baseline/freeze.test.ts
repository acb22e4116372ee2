import { describe, expect, it } from 'vitest';
import type { Baseline } from '../../../../../src/lib/health/recording/HealthRecords.js';
import { unitStart } from '../../../../../src/lib/health/recording/unitOf.js';
import { guildId, MeasuringGround, today } from '../ground.js';

const [bad, good, unknown] = [guildId(1), guildId(2), guildId(3)] as const;
const unitLength = 15 * 60_000;

const errorOffsetOf = (baseline: Baseline | undefined, guild: string): number | undefined =>
  baseline?.errorOffset(baseline.rowOf(guild));
const latencyOffsetOf = (baseline: Baseline | undefined, guild: string): number | undefined =>
  baseline?.latencyOffset(baseline.rowOf(guild), 0);
const dailyRunsOf = (baseline: Baseline | undefined, guild: string): number | undefined =>
  baseline?.dailyRuns(baseline.rowOf(guild));

/** Both guilds in ten units: one with an error and slow runs in each of five. */
async function history(): Promise<MeasuringGround> {
  const ground = await MeasuringGround.open();
  const process = ground.process('p1');
  for (let unit = 0; unit < 10; unit++) {
    process.plainRun(good, { ms: 20 });
    process.plainRun(bad, { ms: unit < 5 ? 2_000 : 20, outcome: unit < 5 ? 'error' : 'ok' });
    process.plainRun(bad, { ms: 20 });
    ground.now += unitLength;
  }
  await process.flushing.flush();
  return ground;
}

describe('a baseline', () => {
  it("is each guild's own history in the 7 days before", async () => {
    const ground = await history();
    const { records, now } = ground;
    const baseline = await records.freeze('R1', now);
    expect(baseline).toMatchObject({ frozenAt: now, units: 10 });
    expect(errorOffsetOf(baseline, bad)).toBeCloseTo((5 + 1) / (10 + 20), 5);
    expect(errorOffsetOf(baseline, good)).toBeCloseTo(1 / 30, 5);
    expect(errorOffsetOf(baseline, unknown)).toBeCloseTo(1 / 20, 5);
    expect(dailyRunsOf(baseline, bad)).toBeCloseTo(20 / 7, 5);
    expect(dailyRunsOf(baseline, unknown)).toBe(0);
    const [cut] = baseline.cuts;
    const slower = 5 / 30;
    expect(cut?.slower).toBeCloseTo(slower, 9);
    expect(latencyOffsetOf(baseline, bad)).toBeCloseTo((2.5 + 20 * slower) / 30, 5);
    expect(latencyOffsetOf(baseline, good)).toBeCloseTo((20 * slower) / 30, 5);
    expect(latencyOffsetOf(baseline, unknown)).toBeCloseTo(slower, 9);
  });

  it('is frozen: started again or read by another process, it absorbs nothing that came since', async () => {
    const ground = await history();
    const first = await ground.records.freeze('R1', ground.now);
    const process = ground.process('p1');
    for (let unit = 0; unit < 10; unit++) {
      process.plainRun(good, { outcome: 'error', ms: 60_000 });
      ground.now += unitLength;
    }
    await process.flushing.flush();
    const again = await ground.records.freeze('R1', ground.now);
    expect(again).toBe(first);
    const { records: other } = ground.elsewhere();
    const read = await other.baseline('R1');
    expect(read?.cuts).toEqual(first.cuts);
    for (const guild of [bad, good, unknown]) {
      expect(errorOffsetOf(read, guild)).toBe(errorOffsetOf(first, guild));
      expect(latencyOffsetOf(read, guild)).toBe(latencyOffsetOf(first, guild));
      expect(dailyRunsOf(read, guild)).toBe(dailyRunsOf(first, guild));
    }
    expect(errorOffsetOf(await other.freeze('R2', ground.now), good)).toBeGreaterThan(0.2);
  });

  it('looks at 7 days and no further, and not at the unit that is under way', async () => {
    const ground = await MeasuringGround.open();
    const process = ground.process('p1');
    process.plainRun(bad);
    ground.now = unitStart(today + 7 * 96);
    process.plainRun(good);
    await process.flushing.flush();
    const { records, now } = ground;
    expect(await records.freeze('R1', now)).toMatchObject({ units: 1 });
    expect(await records.freeze('R2', now + unitLength)).toMatchObject({ units: 1 });
    expect(dailyRunsOf(await records.freeze('R2', now), good)).toBeGreaterThan(0);
    expect(dailyRunsOf(await records.freeze('R1', now), bad)).toBeGreaterThan(0);
  });

  it('without any history expects what the prior says, and judges no latency', async () => {
    const { records, now } = await MeasuringGround.open();
    const baseline = await records.freeze('R1', now);
    expect(baseline).toMatchObject({ units: 0, cuts: [] });
    expect(errorOffsetOf(baseline, bad)).toBe(1 / 20);
  });

  it('is gone once it was forgotten', async () => {
    const { records, now } = await history();
    await records.freeze('R1', now);
    await records.forgetBaseline('R1');
    expect(await records.baseline('R1')).toBeUndefined();
  });
});
