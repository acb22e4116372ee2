import { onTestFinished, describe, expect, it } from 'vitest';
import { Probes } from '../../../../src/lib/health/recording/Probes.js';
import { ProcessGuards } from '../../../../src/lib/health/recording/ProcessGuards.js';
import { packReport, unpackReport } from '../../../../src/lib/health/recording/ProcessReport.js';

function guards(ping: { now: number | null } = { now: 42 }) {
  const time = { now: 1_000 };
  const clock = { now: () => time.now };
  const probes = new Probes({ clock, after: () => ({ cancel: () => undefined }) });
  let bytes = 0;
  const memory = (): number => (bytes += 1);
  const one = new ProcessGuards({ clock, probes, gatewayPing: () => ping.now, memory });
  onTestFinished(() => one.close());
  return { one, time, probes };
}

describe('a process', () => {
  it('samples its memory once a minute, for five hours', () => {
    const { one, time } = guards();
    for (let n = 0; n < 4_000; n++) {
      one.report(0);
      time.now += 5_000;
    }
    const { memory } = one.report(0);
    expect(memory.length).toBe(301);
    expect(memory[1]!.at - memory[0]!.at).toBe(60_000);
    expect(memory.at(-1)!.bytes).toBe(334);
  });

  it('reports what comes back the same from the store', async () => {
    const { one, probes } = guards();
    probes.add('db', () => 1);
    await probes.askWhereDue();
    const report = one.report(77);
    expect(unpackReport('p1', 5, packReport(report))).toEqual({ process: 'p1', at: 5, ...report });
    expect(report).toMatchObject({
      flushedUntil: 77,
      startedAt: 1_000,
      gatewayPingMs: 42,
      probes: { db: [{ at: 1_000, isHealthy: true }] },
    });
    expect(report.eventLoopDelayMs.median).toBeGreaterThanOrEqual(0);
  });

  it('says since when its gateway is away: since its start where it never was there', () => {
    const ping: { now: number | null } = { now: null };
    const { one, time } = guards(ping);
    const away = (now: number | null, passed = 5_000) => {
      ping.now = now;
      time.now += passed;
      return one.report(0).gatewayAwaySince;
    };
    expect([away(null), away(null), away(40), away(null), away(null)]).toEqual([
      1_000,
      1_000,
      null,
      21_000,
      21_000,
    ]);
  });
});
