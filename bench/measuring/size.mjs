/**
 * What measuring adds to the state: two processes, a flush every 5 s, units folded once they are over. Bytes as they lie in
 * the store (base64). "At most": each of 1,000 guilds is active in every unit of the day, with four runs on average.
 */
import { pack, packTightly, unpack } from '../../dist/esm/lib/health/recording/packing/pack.js';
import { mergeMeasured } from '../../dist/esm/lib/health/recording/packing/MeasuredRows.js';
import { Recorder } from '../../dist/esm/lib/health/recording/Recorder.js';
import { atMost, report } from '../evaluation/worlds/measure.mjs';
import { durationMs, guildIds, randomNumbers, zipf } from './parts/traffic.mjs';

const unitMs = 900_000;
const flushMs = 5_000;
const unitsADay = 96;
const random = randomNumbers(7);
const base64 = (bytes) => Math.ceil(bytes.length / 3) * 4;

/** One unit of both processes: bytes in the store before and after it was folded, rows and base apart. */
async function unit(guilds, runs, pick) {
  let now = 1_976_000 * unitMs;
  const processes = [0, 1].map(() => new Recorder({ now: () => now }));
  const parts = new Map();
  const flushes = unitMs / flushMs;
  for (let flush = 0; flush < flushes; flush++) {
    for (let n = Math.floor((flush * runs) / flushes); n < Math.floor(((flush + 1) * runs) / flushes); n++) {
      const guild = pick(n);
      const run = processes[guild % 2].begin({ name: 'x', guildId: guilds[guild] });
      run.exposed('ROLLOUT1', guild % 10 === 0 ? 'canary' : 'control', true);
      run.end(random() < 0.01 ? 'error' : 'ok', durationMs(random));
    }
    now += flushMs - 1;
    for (const process of processes)
      for (const { series, row } of process.take().rows)
        parts.set(series, [...(parts.get(series) ?? []), row]);
    now += 1;
  }
  const sizes = { rollout: { open: 0, folded: 0 }, base: { open: 0, folded: 0 }, active: 0 };
  for (const [series, rows] of parts) {
    const kind = sizes[series.endsWith(':base') ? 'base' : 'rollout'];
    const whole = mergeMeasured(await Promise.all(rows.map(unpack)));
    kind.open += rows.reduce((sum, row) => sum + base64(row), 0);
    kind.folded += base64(await packTightly(whole));
    sizes.active = whole.rows.length;
    sizes.plain = base64(pack(whole));
  }
  return sizes;
}

const megabytes = (bytes) => bytes / 1e6;
/** A day of folded units, and the newest three that are not. */
const aDay = ({ open, folded }) => megabytes((unitsADay - 3) * folded + 3 * open);

const thousand = guildIds(1_000, random);
const everyone = await unit(thousand, 4_000, (n) => (n * 7) % 1_000);
const many = guildIds(10_000, random);
const byZipf = zipf(many.length, random);
const usual = await unit(many, 4_000 / 4, byZipf);

atMost('a rollout a day, per 1,000 guilds active in every unit', 'MB', aDay(everyone.rollout), 3);
report({
  name: 'a rollout a day, 4,000 runs an hour over 10,000 guilds (Zipf)',
  unit: 'MB',
  values: { rollout: aDay(usual.rollout), base: aDay(usual.base), activeGuildsAUnit: usual.active },
});
report({
  name: 'a row of a guild and unit, folded (packed but not deflated in brackets)',
  unit: 'bytes in the store',
  values: [everyone.rollout.folded / 1_000, everyone.plain / 1_000],
});
report({
  name: 'the 8 days of all guilds, per 1,000 guilds active in every unit',
  unit: 'MB',
  values: 8 * aDay(everyone.base),
});
