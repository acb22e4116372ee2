/**
 * A gradual rollback of 1,000,000 guilds on a clock that is set: how long it takes in domain time, how long each batch takes from
 * the turn's beginning to its commit, and whether what it writes grows with the number of guilds (10,000 beside a million).
 */
import { performance } from 'node:perf_hooks';
import { atMost, report } from '../evaluation/worlds/measure.mjs';
import { guildsOf } from '../rollouts/parts/room.mjs';
import { withDirectory } from '../state/parts/ground.mjs';
import { openRoom } from './parts/room.mjs';

const flag = 'greeting';
const asking = { by: { id: '1', name: 'Ada' }, flag, trigger: 'other', reason: 'a benchmark' };

// The smaller one also warms the compiler up.
const few = await comeDown(10_000);
const million = await comeDown(1_000_000);
atMost('a gradual rollback of 1,000,000 guilds', 'minutes of domain time', million.minutes, 30);
atMost('the slowest batch after the first, counted to its commit', 'ms', million.slowestBatchMs, 50);
atMost('the slowest commit of them all', 'ms', million.slowestCommitMs, 50);
atMost('counting where a million guilds stand, once a leader', 'ms', million.firstBatchMs, 10_000);
const ratio = million.bytes / few.bytes;
report({
  name: 'bytes written by all its commits, a million guilds beside 10,000',
  unit: 'bytes',
  values: { million: million.bytes, few: few.bytes },
  ratio: Number(ratio.toFixed(3)),
  target: '<= 1.02x',
  ok: ratio <= 1.02,
});

async function comeDown(amount) {
  let found;
  await withDirectory(async (dataDir) => {
    const time = { now: Date.UTC(2026, 4, 3, 12), realNow: 1_800_000_000_000 };
    const commits = [];
    const room = await openRoom({
      dataDir,
      guilds: guildsOf(amount),
      clock: { now: () => time.now },
      realTime: { now: () => time.realNow },
      watch: (commit) => commits.push(commit),
    });
    await room.do({ do: 'create', flag, facts: {} });
    await room.do({ do: 'enable', flag });
    const { lease, fence } = await leaseOf(room.store);
    const outcome = await room.rollbacks.gradual(asking);
    if (outcome.status !== 'done') throw new Error(`expected done, got ${outcome.status}`);
    const begun = time.now;
    const turns = [];
    while (room.rollbacks.status(flag).offAt === null) {
      const begins = performance.now();
      const again = await room.rollbacks.turn(fence);
      turns.push(performance.now() - begins);
      if (room.rollbacks.status(flag).offAt !== null) break;
      time.now += again;
      time.realNow += again;
    }
    const [firstBatchMs, ...rest] = turns;
    found = {
      minutes: (time.now - begun) / 60_000,
      firstBatchMs,
      slowestBatchMs: Math.max(...rest),
      slowestCommitMs: Math.max(...commits.map(({ ms }) => ms)),
      bytes: commits.reduce((sum, { bytes }) => sum + bytes, 0),
    };
    await lease.close();
    await room.close();
  });
  return found;
}

async function leaseOf(store) {
  let gained;
  const held = new Promise((resolve) => (gained = resolve));
  const lease = await store.lease('control', {
    owner: 'bench',
    ttlMs: 120_000,
    onGained: gained,
    onLost: () => undefined,
  });
  return { lease, fence: await held };
}
