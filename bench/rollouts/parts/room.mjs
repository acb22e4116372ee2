// A rollouts room on a real embedded store in a directory of its own, with measurements from memory and a clock that is set.
import { performance } from 'node:perf_hooks';
import { openStore } from '../../../dist/esm/lib/state/openStore.js';
import { FlagsService } from '../../../dist/esm/lib/flags/FlagsService.js';
import { freezeCuts } from '../../../dist/esm/lib/health/judging/latencyCuts.js';
import { GuildNumbering } from '../../../dist/esm/lib/health/recording/columns/GuildNumbering.js';
import { UnitTable } from '../../../dist/esm/lib/health/recording/columns/UnitTable.js';
import { PlanShelf } from '../../../dist/esm/lib/rollouts/plans/PlanShelf.js';
import { Rollouts } from '../../../dist/esm/lib/rollouts/Rollouts.js';
import { withDirectory } from '../../state/parts/ground.mjs';

export const unitMs = 900_000;
const by = { id: '1', name: 'Ada' };

/** Park, Miller 1988: the same numbers everywhere. */
export function seeded(seed) {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/**
 * `unitRows(unit)` answers what guilds did in a unit, for every rollout alike. `recordsOf({ store, time })` brings measurements
 * from elsewhere.
 */
export async function withRoom({ guilds, speed, plan, unitRows, recordsOf }, work) {
  await withDirectory(async (dataDir) => {
    const store = await openStore({ dataDir, prefix: 'bench' });
    const time = {
      now: Math.ceil(Date.UTC(2026, 4, 3, 12) / unitMs) * unitMs,
      realNow: 1_800_000_000_000,
      setAt: performance.now(),
      // Real time is set, too, but goes on between: a turn looks how long it takes.
      goOn(ms) {
        this.realNow += ms;
        this.setAt = performance.now();
      },
      real() {
        return this.realNow + performance.now() - this.setAt;
      },
    };
    const flags = new FlagsService({ store, clock: { now: () => time.now }, servesFlags: true });
    const builtIn = PlanShelf.builtIn();
    const rollouts = new Rollouts({
      store,
      flags,
      records: recordsOf?.({ store, time }) ?? recordsFrom(time, unitRows),
      feedback: { criticalReports: async () => [], ratings: async () => [] },
      plans: () => (plan === undefined ? builtIn : { ...builtIn, plan: () => plan }),
      clock: { now: () => time.now, speed },
      realTime: { now: () => time.real() },
      hasApprovers: false,
    });
    const followings = [await store.follow(flags.follower), await store.follow(rollouts.follower)];
    await flags.directory.serve({ shards: [0], count: 1, guilds: () => guilds });
    const { lease, fence } = await leaseOf(store);
    await work({ store, flags, rollouts, time, turn: () => rollouts.turn(fence) });
    flags.close();
    rollouts.close();
    await lease.close();
    for (const following of followings) await following.close();
    await store.close();
  });
}

export function guildsOf(amount) {
  return Array.from({ length: amount }, (_, at) => ({
    id: (200_000_000_000_000_000n + BigInt(at) * 7_919n).toString(),
    name: `Guild ${at}`,
    members: 100,
    joinedAt: 0,
  }));
}

/** Creates the flag and starts its rollout, whatever would have to be confirmed. */
export async function startRollout({ flags, rollouts }, flag, request = {}) {
  await flags.change({ change: { do: 'create', flag, facts: {} }, by });
  const asked = { flag, by, ...request };
  const outcome = await rollouts.start(asked);
  if (outcome.status === 'confirm') await rollouts.start({ ...asked, confirmed: outcome.proposal });
}

function recordsFrom(time, unitRows) {
  const cuts = freezeCuts({ 12: 100, 13: 100, 14: 100, 15: 100 });
  const baseline = {
    frozenAt: time.now,
    units: 672,
    cuts,
    rowOf: () => 0,
    errorOffset: () => 1 - 0.99 ** 4,
    latencyOffset: (_row, cut) => cuts[cut]?.slower ?? 0.1,
    dailyRuns: () => 384,
  };
  const numbering = new GuildNumbering();
  const tables = new Map();
  const table = (unit) => {
    if (!tables.has(unit)) tables.set(unit, UnitTable.of(unitRows(unit), numbering));
    return tables.get(unit);
  };
  return {
    units: async (_id, unit) => table(unit),
    recent: async () => table(Math.floor(time.now / unitMs) - 1),
    baseUnits: async () => [],
    processes: async () => [],
    lastFlushAt: async () => time.realNow,
    settledUntil: async () => time.now,
    freeze: async () => baseline,
    baseline: async () => baseline,
    forgetBaseline: async () => undefined,
  };
}

async function leaseOf(store) {
  let gained;
  const held = new Promise((resolve) => (gained = resolve));
  const lease = await store.lease('control', {
    owner: 'bench',
    ttlMs: 60_000,
    onGained: gained,
    onLost: () => undefined,
  });
  return { lease, fence: await held };
}
