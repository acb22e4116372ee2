/**
 * One look of the monitor after a deployment, at a bot of 10,000 guilds that are all active: what was flushed is read from a real
 * store, as the lease holder does every 30 s for an hour. Quarter hours that are over are folded meanwhile, as in the bot.
 */
import { Monitor } from '../../dist/esm/lib/deployments/monitor/Monitor.js';
import { monitorDefaults } from '../../dist/esm/lib/deployments/monitor/Settings.js';
import { usualOf } from '../../dist/esm/lib/deployments/monitor/usualOf.js';
import { riskDefaults } from '../../dist/esm/lib/deployments/risk/RiskPolicy.js';
import { LedgerRecords } from '../../dist/esm/lib/health/recording/LedgerRecords.js';
import { LedgerRows } from '../../dist/esm/lib/health/recording/LedgerRows.js';
import { pack, packTightly } from '../../dist/esm/lib/health/recording/packing/pack.js';
import { packReport } from '../../dist/esm/lib/health/recording/ProcessReport.js';
import { baseSeries } from '../../dist/esm/lib/health/recording/seriesNames.js';
import { openStore } from '../../dist/esm/lib/state/openStore.js';
import { atMost, median, report } from '../evaluation/worlds/measure.mjs';
import { withDirectory } from '../state/parts/ground.mjs';

const unitMs = 900_000;
const flushMs = 5_000;
const guilds = Array.from({ length: 10_000 }, (_, at) =>
  String(200_000_000_000_000_000n + BigInt(at) * 7_919n),
);
/** Of each guild in a quarter of an hour: 160,000 commands an hour. */
const runs = 4;
/** A week. */
const historyUnits = 672;

await withDirectory(async (dataDir) => {
  const store = await openStore({ dataDir, prefix: 'bench' });
  const begin = Math.ceil(Date.UTC(2026, 4, 3, 12) / unitMs) * unitMs;
  let now = begin;
  const records = new LedgerRecords({
    ...{ ledger: store.ledger, processes: store.blobs('processes'), baselines: store.blobs('baselines') },
    clock: { now: () => now },
    storeTime: () => store.time(),
    warn: (message) => {
      throw new Error(message);
    },
  });
  const folding = new LedgerRows(store.ledger, console.error);
  const monitor = new Monitor({
    ...{ records, settings: monitorDefaults, policy: riskDefaults, storeTime: () => store.time() },
    arms: { judged: async () => [], underWay: () => [] },
    acting: {},
  });
  await history(store, begin);
  await report30s(store, now);
  let document = deployment(begin);
  const begun = performance.now();
  document = (await monitor.turn(document, now)).next;
  report({ name: 'freezing what is usual, once', unit: 'ms', values: Math.round(performance.now() - begun) });
  const [from, used] = [performance.now(), process.cpuUsage()];
  await usualOf(begin, { records, storeTime: () => store.time() });
  const { user, system } = process.cpuUsage(used);
  const values = [performance.now() - from, (user + system) / 1_000].map(Math.round);
  report({ name: 'of it the sums of the week, and their processor time', unit: 'ms', values });
  document = monitor.begin({ ...document, state: 'watching' }, now);
  const [took, cpu] = [[], []];
  for (let look = 1; look <= 119; look++) {
    for (let at = now; at < now + 30_000; at += flushMs) await flush(store, at);
    now += 30_000;
    await report30s(store, now);
    if (now % unitMs === 60_000) await folding.fold(baseSeries(Math.floor(now / unitMs) - 1));
    const usedBefore = process.cpuUsage();
    const lookFrom = performance.now();
    const step = await monitor.turn(document, now);
    took.push(performance.now() - lookFrom);
    const usedSince = process.cpuUsage(usedBefore);
    cpu.push((usedSince.user + usedSince.system) / 1_000);
    document = step.next;
  }
  const [errors] = document.monitor.readings.filter(({ check }) => check === 'error-rates');
  if (errors.verdict !== 'healthy')
    throw new Error(`An hour like every other was ${errors.verdict}: ${errors.sentence}`);
  atMost('a look at 10,000 active guilds, p50', 'ms', median(took), 50);
  report({ name: 'the same: processor time, p50', unit: 'ms', values: Math.round(median(cpu)) });
  const sorted = [...took].sort((one, other) => one - other);
  report({
    name: 'the same: best, p90, slowest',
    unit: 'ms',
    values: [sorted[0], sorted[107], sorted.at(-1)].map(Math.round),
  });
  await store.close();
});

async function history({ ledger }, begin) {
  const rows = guilds.map((guild, at) => rowOf(guild, runs, at % 25 === 0 ? 1 : 0));
  const first = begin / unitMs - historyUnits;
  for (let unit = first; unit < begin / unitMs; unit++) {
    const row = await packTightly({ from: unit * unitMs, to: (unit + 1) * unitMs, rows });
    await ledger.append(`history ${unit}`, [{ series: baseSeries(unit), row }]);
  }
}

async function flush({ ledger }, at) {
  const unit = Math.floor(at / unitMs);
  const share = (runs * guilds.length * flushMs) / unitMs;
  const nth = (at - unit * unitMs) / flushMs;
  const rows = [];
  for (let run = Math.floor(nth * share); run < Math.floor((nth + 1) * share); run++) {
    const place = run % guilds.length;
    rows.push(rowOf(guilds[place], 1, run < guilds.length && place % 25 === 0 ? 1 : 0));
  }
  const row = pack({ from: at, to: at + flushMs, rows });
  await ledger.append(`flush ${at}`, [{ series: baseSeries(unit), row }]);
}

function rowOf(guild, ran, failures) {
  return { guild, arm: 'control', isRandomised: true, runs: ran, failures, durations: { 12: ran } };
}

async function report30s(store, flushedUntil) {
  const at = await store.time();
  const memory = Array.from({ length: 300 }, (_, minute) => ({
    at: at - (299 - minute) * 60_000,
    bytes: 1e8,
  }));
  const eventLoopDelayMs = { median: 1, p99: 2, max: 3 };
  const probes = { 'state-store': [{ at, isHealthy: true }] };
  const blob = packReport({
    flushedUntil,
    startedAt: 0,
    memory,
    eventLoopDelayMs,
    gatewayPingMs: 40,
    probes,
  });
  await store.blobs('processes').put('bench', blob);
}

function deployment(at) {
  return {
    ...{
      v: 1,
      schema: 1,
      id: 'BENCH',
      environment: 'production',
      version: '1.4.0',
      state: 'testing',
      revision: 1,
    },
    ...{ created: { by: '1', at, name: 'ada' }, entered: { testing: at }, usual: null, monitor: null },
    ...{ rollouts: [], news: [], newsCount: 0 },
  };
}
