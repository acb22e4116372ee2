/** What one look rests on, as plain numbers: a bot that is as it usually is, but for what a test says. */
import type { Usual } from '../../../../src/lib/deployments/documents.js';
import type { Seen } from '../../../../src/lib/deployments/monitor/Seen.js';
import { monitorDefaults } from '../../../../src/lib/deployments/monitor/Settings.js';
import type { ProcessReport } from '../../../../src/lib/health/recording/ProcessReport.js';

export const minuteMs = 60_000;
export const realNow = 1_800_000_000_000;
export const mib = 1024 * 1024;
export const usual: Usual = {
  takenAt: 0,
  runsAUnit: 3_000,
  errorRate: 0.02,
  p95Ms: 100,
  memoryBytes: 200 * mib,
};
export const settings = { ...monitorDefaults, externalServices: ['payments'] };

export interface Ran {
  readonly runs?: number;
  readonly failures?: number;
  readonly failingGuilds?: number;
  readonly guilds?: number;
  readonly p95Ms?: number | null;
}

const ran = ({ runs = 1_000, failures = 20, failingGuilds = 1, guilds = 10, p95Ms = 100 }: Ran) => ({
  ...{ spanMs: 5 * minuteMs, p95Ms, failures: { runs, failures, guilds, failingGuilds } },
});

export function seen(what: Ran = {}, more: Partial<Seen> = {}): Seen {
  const lately = ran(what);
  return {
    ...{ lately, justNow: lately, processes: [process()], realNow, sinceDeployed: null, arms: [], ...more },
  };
}

export function process(more: Partial<ProcessReport> = {}, mebibytes = 200, samples = 10): ProcessReport {
  return {
    ...{ process: 'one', at: realNow, flushedUntil: realNow, startedAt: 0, gatewayPingMs: 40, probes: {} },
    memory: Array.from({ length: samples }, (_, ago) => ({
      at: realNow - ago * minuteMs,
      bytes: mebibytes * mib,
    })),
    eventLoopDelayMs: { median: 1, p99: 2, max: 3 },
    ...more,
  };
}
