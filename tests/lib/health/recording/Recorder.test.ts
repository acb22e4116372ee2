import { describe, expect, it } from 'vitest';
import { Recorder } from '../../../../src/lib/health/recording/Recorder.js';
import { unpack } from '../../../../src/lib/health/recording/packing/pack.js';
import { baseSeries, rolloutSeries } from '../../../../src/lib/health/recording/seriesNames.js';
import { unitStart } from '../../../../src/lib/health/recording/unitOf.js';
import { guildId, today } from './ground.js';

const a = guildId(1);

function recorder() {
  const time = { now: unitStart(today) };
  const one = new Recorder({ now: () => time.now });
  const taken = async () => {
    const { rows } = one.take();
    return Object.fromEntries(
      await Promise.all(rows.map(async ({ series, row }) => [series, (await unpack(row)).rows] as const)),
    );
  };
  return { one, time, taken };
}

describe('a run', () => {
  it('counts for its guild, and for each rollout that it met', async () => {
    const { one, taken } = recorder();
    const run = one.begin({ name: 'hello', guildId: a });
    run.exposed('R1', 'canary', true);
    run.exposed('R2', 'control', false);
    run.end('error', 20);
    one.begin({ name: 'hello', guildId: a }).end('ok', 20);
    const row = { guild: a, failures: 1, durations: { 8: 1 }, runs: 1 };
    expect(await taken()).toEqual({
      [baseSeries(today)]: [
        { guild: a, arm: 'control', isRandomised: true, runs: 2, failures: 1, durations: { 8: 2 } },
      ],
      [rolloutSeries('R1', today)]: [{ ...row, arm: 'canary', isRandomised: true }],
      [rolloutSeries('R2', today)]: [{ ...row, arm: 'control', isRandomised: false }],
    });
  });

  it('counts once, in the unit in which it ended, and nothing that it meets afterwards', async () => {
    const { one, time, taken } = recorder();
    const run = one.begin({ name: 'hello', guildId: a });
    run.exposed('R1', 'canary', true);
    run.exposed('R1', 'control', true);
    time.now = unitStart(today + 1);
    run.end('ok', 20);
    run.end('error', 20);
    run.exposed('R2', 'canary', true);
    const series = await taken();
    expect(Object.keys(series)).toEqual([baseSeries(today + 1), rolloutSeries('R1', today + 1)]);
    expect(series[rolloutSeries('R1', today + 1)]).toMatchObject([{ arm: 'canary', runs: 1, failures: 0 }]);
    expect(await taken()).toEqual({});
  });

  it("is a failure only by an unexpected error: a person's own mistake is none", async () => {
    const { one, taken } = recorder();
    one.begin({ name: 'hello', guildId: a }).end('user-error', 20);
    expect(Object.values(await taken())).toMatchObject([[{ runs: 1, failures: 0 }]]);
  });

  it('that was refused shows that the guild met the flag, and is judged by nothing', async () => {
    const { one, taken } = recorder();
    const run = one.begin({ name: 'hello', guildId: a });
    run.exposed('R1', 'control', true);
    run.end('refused', 0);
    expect(await taken()).toEqual({
      [rolloutSeries('R1', today)]: [
        { guild: a, arm: 'control', isRandomised: true, runs: 0, failures: 0, durations: {} },
      ],
    });
  });

  it('becomes what it was marked as, where it swallowed what it was', async () => {
    const { one, taken } = recorder();
    const run = one.begin({ name: 'hello', guildId: a });
    run.mark('error');
    run.end('ok', 20);
    expect(Object.values(await taken())).toMatchObject([[{ runs: 1, failures: 1 }]]);
  });

  it('of a listener counts for the rollouts that it met only', async () => {
    const { one, taken } = recorder();
    const run = one.begin({ name: 'onMessage', guildId: a, countsAlways: false });
    run.exposed('R1', 'canary', true);
    run.end('ok', 20);
    one.begin({ name: 'onMessage', guildId: a, countsAlways: false }).end('ok', 20);
    expect(Object.keys(await taken())).toEqual([rolloutSeries('R1', today)]);
  });

  it('outside of guilds, or after the end of measuring, counts for nothing', async () => {
    const { one, taken } = recorder();
    one.begin({ name: 'hello', guildId: null }).end('ok', 20);
    one.close();
    one.begin({ name: 'hello', guildId: a }).end('ok', 20);
    expect(await taken()).toEqual({});
  });

  it('is no longer than its clock allows, even where that went backwards', async () => {
    const { one, taken } = recorder();
    one.begin({ name: 'hello', guildId: a }).end('ok', -5);
    expect(Object.values(await taken())).toMatchObject([[{ runs: 1, durations: { [-5]: 1 } }]]);
  });
});

describe('what nobody takes', () => {
  it('is given up from the oldest unit on, before it fills the memory', () => {
    const { one, time } = recorder();
    for (let unit = 0; unit < 3; unit++) {
      time.now = unitStart(today + unit);
      for (let guild = 0; guild < 80_000; guild++)
        one.begin({ name: 'hello', guildId: `g${guild}` }).end('ok', 20);
    }
    const { rows, lostUnits } = one.take();
    expect(lostUnits).toBe(1);
    expect(rows.map(({ series }) => series)).toEqual([baseSeries(today + 1), baseSeries(today + 2)]);
  });
});
