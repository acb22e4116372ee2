// What 10,000 guilds do, in the ledger of a real store as processes flush it: four runs a guild and unit, a flush every five seconds.
import { LedgerRecords } from '../../../dist/esm/lib/health/recording/LedgerRecords.js';
import { pack, packTightly } from '../../../dist/esm/lib/health/recording/packing/pack.js';
import { packReport } from '../../../dist/esm/lib/health/recording/ProcessReport.js';
import { baseSeries, rolloutSeries } from '../../../dist/esm/lib/health/recording/seriesNames.js';
import { unitMs } from './room.mjs';

const flushMs = 5_000;
const flushes = unitMs / flushMs;
const runs = 4;
const historyUnits = 4;

export function ledgerRecords({ store, time }) {
  const { ledger } = store;
  const [processes, baselines] = [store.blobs('processes'), store.blobs('baselines')];
  const clock = { now: () => time.now };
  const records = new LedgerRecords({
    ...{ ledger, processes, baselines, clock },
    storeTime: async () => store.time(),
    warn: (message) => {
      throw new Error(message);
    },
  });
  // The clock of the bench is not the store's.
  return Object.create(records, { lastFlushAt: { value: async () => time.real() } });
}

/** What they did before: the rollouts' baselines are taken from it. */
export async function writeHistory({ store, time }, guilds) {
  const rows = guilds.map((guild, at) => rowOf(guild, at, runs, at % 25 === 0 ? 1 : 0));
  const now = Math.floor(time.now / unitMs);
  for (let unit = now - historyUnits; unit < now; unit++) {
    const row = await packTightly({ from: unit * unitMs, to: (unit + 1) * unitMs, rows });
    await store.ledger.append(`history ${unit}`, [{ series: baseSeries(unit), row }]);
  }
}

/** The rows that are flushed between two domain times, into every rollout's series; the same in both arms. */
export async function flush({ store, time }, guilds, rollouts, from, to) {
  for (let at = from; at < to; at += flushMs) {
    const unit = Math.floor(at / unitMs);
    const nth = (at - unit * unitMs) / flushMs;
    const [first, last] = [
      (nth * runs * guilds.length) / flushes,
      ((nth + 1) * runs * guilds.length) / flushes,
    ];
    const rows = [];
    for (let run = Math.floor(first); run < Math.floor(last); run++) {
      const [place, round] = [run % guilds.length, Math.floor(run / guilds.length)];
      rows.push(rowOf(guilds[place], place, 1, round === 0 && Math.floor(place / 10) % 25 === 0 ? 1 : 0));
    }
    const row = pack({ from: at, to: at + flushMs, rows });
    await store.ledger.append(
      `flush ${at}`,
      rollouts.map((id) => ({ series: rolloutSeries(id, unit), row })),
    );
  }
  await store.blobs('processes').put('bench', reportAt(time.now));
}

function rowOf({ id }, at, ran, failures) {
  return {
    guild: id,
    arm: at % 10 === 0 ? 'canary' : 'control',
    isRandomised: true,
    runs: ran,
    failures,
    durations: { [12 + (Math.floor(at / 10) % 4)]: ran },
  };
}

function reportAt(flushedUntil) {
  const delay = { median: 1, p99: 2, max: 3 };
  const memory = Array.from({ length: 300 }, (_, minute) => ({ at: minute * 60_000, bytes: 1e8 }));
  return packReport({
    flushedUntil,
    startedAt: 0,
    memory,
    eventLoopDelayMs: delay,
    gatewayPingMs: 40,
    probes: {},
  });
}
