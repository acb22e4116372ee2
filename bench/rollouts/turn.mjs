/**
 * One turn of the judge over 100 running rollouts, each used by the same 10,000 guilds in every unit: an ordinary turn, in which
 * the hard limits are looked at, and the one in 30 in which a unit closes for all of them at once. Everything is real: the
 * measurements are read from the store as processes flush them, and what is found is written to its disk. Memory is looked at
 * whenever the event loop goes round in a turn.
 */
import { performance } from 'node:perf_hooks';
import { loadavg } from 'node:os';
import { readPlan } from '../../dist/esm/lib/rollouts/plans/readPlan.js';
import { atMost, median, report } from '../evaluation/worlds/measure.mjs';
import { flush, ledgerRecords, writeHistory } from './parts/ledger.mjs';
import { guildsOf, startRollout, unitMs, withRoom } from './parts/room.mjs';

const rollouts = 100;
const turnMs = 30_000;
const turnsAUnit = unitMs / turnMs;
const units = 6;
const guilds = guildsOf(10_000);
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

await withRoom({ guilds, speed: 1, plan, recordsOf: ledgerRecords }, async (room) => {
  const { time } = room;
  await writeHistory(room, guilds);
  for (let at = 0; at < rollouts; at++) await startRollout(room, `flag_${at}`, { plan: 'tenth' });
  const ids = (await room.rollouts.list()).map(({ id }) => id);
  const turns = { ordinary: [], closing: [], first: [] };
  await flush(room, guilds, ids, time.now, time.now);
  await round(room);
  let peak = 0;
  for (let unit = 0; unit < units; unit++) {
    for (let at = 1; at <= turnsAUnit; at++) {
      const from = time.now;
      time.now += turnMs;
      time.goOn(turnMs);
      await flush(room, guilds, ids, from, time.now);
      // What was flushed is other processes' garbage.
      collect();
      const measured = await round(room);
      peak = Math.max(peak, measured.bytes);
      // The first unit is for the compiler, and for looking up every guild.
      const kind = at < turnsAUnit ? 'ordinary' : 'closing';
      turns[unit === 0 ? 'first' : kind].push(measured);
    }
  }
  const [one] = await room.rollouts.list();
  const running = (await room.rollouts.list({ isOpen: true })).filter(({ state }) => state === 'running');
  if (running.length !== rollouts)
    throw new Error(
      `${running.length} of ${rollouts} rollouts still run; one is ${one.state}: ${one.verdict?.sentences.join(' ')} ${one.obstacle}`,
    );
  show('a turn over 100 rollouts, 10,000 guilds active in each', turns.ordinary);
  show('a turn in which a unit closes for all 100 at once', turns.closing);
  const slowest = Math.max(...turns.first.map(({ longest }) => longest));
  report({
    name: 'the slowest turn of the first unit, nothing known yet',
    unit: 'ms',
    values: Math.round(slowest),
  });
  atMost('memory at the peak of a turn, its garbage included', 'MB', peak / 1e6, 200);
});

function show(name, measured) {
  const of = (what) => measured.map((one) => one[what]);
  atMost(name, 'ms', median(of('longest')), 250);
  const rounded = (value) => Math.round(value);
  const values = {
    best: rounded(Math.min(...of('longest'))),
    turns: median(of('turns')),
    untilAllWereLookedAt: rounded(median(of('ms'))),
    cpuOfAll: rounded(median(of('cpu'))),
    longestBreath: rounded(median(of('breath'))),
    load: Number(loadavg()[0].toFixed(1)),
  };
  report({
    name: `${name}: the best, how many follow each other at once, all of them, the longest others wait, the load`,
    unit: 'ms',
    values,
  });
}

/** As the control loop does: turns that ask for another at once get it. */
async function round(room) {
  const all = { ms: 0, cpu: 0, breath: 0, longest: 0, turns: 0, bytes: 0 };
  for (let again = 0; again === 0;) {
    const one = await turn(room);
    ({ again } = one);
    all.ms += one.ms;
    all.cpu += one.cpu;
    all.breath = Math.max(all.breath, one.breath);
    all.longest = Math.max(all.longest, one.ms);
    all.turns++;
    all.bytes = Math.max(all.bytes, one.bytes);
  }
  return all;
}

/** `breath`: the longest time in which the event loop did not go round. */
async function turn(room) {
  let last = performance.now();
  let breath = 0;
  let bytes = 0;
  let isOver = false;
  const goRound = () => {
    const now = performance.now();
    breath = Math.max(breath, now - last);
    last = now;
    bytes = Math.max(bytes, bytesUsed());
    if (!isOver) setImmediate(goRound);
  };
  setImmediate(goRound);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const again = await room.turn();
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  isOver = true;
  bytes = Math.max(bytes, bytesUsed());
  return { again, ms, breath, bytes, cpu: (user + system) / 1_000 };
}

function bytesUsed() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function collect() {
  globalThis.gc();
}
