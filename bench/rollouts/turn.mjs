/**
 * One turn of the judge over 100 running rollouts, each used by the same 10,000 guilds in every unit: an ordinary turn, in which
 * the hard limits are looked at, and the one in 30 in which a unit closes for all of them at once. The store is real; reading
 * the rows from it is not in it (bench/measuring has that).
 */
import { performance } from 'node:perf_hooks';
import { readPlan } from '../../dist/esm/lib/rollouts/plans/readPlan.js';
import { atMost, median } from '../evaluation/worlds/measure.mjs';
import { guildsOf, startRollout, unitMs, withRoom } from './parts/room.mjs';

const rollouts = 100;
const turnMs = 30_000;
const turnsAUnit = unitMs / turnMs;
const units = 6;
const guilds = guildsOf(10_000);
// The same in both arms, unit after unit: nothing is ever proven.
const rows = guilds.map(({ id }, at) => ({
  guild: id,
  arm: at % 10 === 0 ? 'canary' : 'control',
  isRandomised: true,
  runs: 4,
  failures: Math.floor(at / 10) % 25 === 0 ? 1 : 0,
  durations: { [12 + (Math.floor(at / 10) % 4)]: 4 },
}));
const { plan, problems } = readPlan(
  `
rollout_strategy:
  name: tenth
  phases:
    - { name: some, percentage: 10, duration: 720h }
    - { name: rest, percentage: 100, duration: 24h }
`,
  'turn.yaml',
  'bench',
);
if (plan === undefined) throw new Error(JSON.stringify(problems));

let peak = 0;
const unitRows = () => {
  peak = Math.max(peak, process.memoryUsage().heapUsed);
  return rows;
};

await withRoom({ guilds, speed: 1, plan, unitRows }, async (room) => {
  for (let at = 0; at < rollouts; at++) await startRollout(room, `flag_${at}`, { plan: 'tenth' });
  const times = { ordinary: [], closing: [] };
  await turn(room);
  peak = 0;
  for (let unit = 0; unit < units; unit++) {
    for (let at = 1; at <= turnsAUnit; at++) {
      room.time.now += turnMs;
      room.time.realNow += turnMs;
      const isClosing = at === turnsAUnit;
      // Of the ordinary ones a few are enough.
      if (!isClosing && at % 10 !== 0) continue;
      const ms = await turn(room);
      // The first unit is for the compiler.
      if (unit > 0) times[isClosing ? 'closing' : 'ordinary'].push(ms);
    }
  }
  const [one] = await room.rollouts.list();
  const running = (await room.rollouts.list({ isOpen: true })).filter(({ state }) => state === 'running');
  if (running.length !== rollouts)
    throw new Error(
      `${running.length} of ${rollouts} rollouts still run; one is ${one.state}: ${one.verdict?.sentences.join(' ')} ${one.obstacle}`,
    );
  atMost('a turn over 100 rollouts, 10,000 guilds active in each', 'ms', median(times.ordinary), 250);
  atMost('a turn in which a unit closes for all 100 at once', 'ms', median(times.closing), 250);
  atMost('heap at its peak, garbage included', 'MB', peak / 1e6, 200);
});

async function turn(room) {
  const begun = performance.now();
  await room.turn();
  return performance.now() - begun;
}
