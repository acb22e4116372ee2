/**
 * How well the judge judges: false alarms and time to detection against a bare threshold, a repeated z-test and GrowthBook's
 * sequential interval, in simulated worlds with fixed seeds. Needs `npm run build` before.
 *
 * `--quick` simulates a twentieth of the rollouts, for a first look.
 */
import { performance } from 'node:perf_hooks';
import { commandDetection, guildDetection } from './detection.mjs';
import { falseAlarms, falsePauses } from './falseAlarms.mjs';
import { table } from './figures.mjs';
import { Pool } from './pool.mjs';

const scale = process.argv.includes('--quick') ? 1 / 20 : 1;
const rollouts = { falseAlarms: 5_000 * scale, commands: 600 * scale, guilds: 300 * scale };
const began = performance.now();
const pool = new Pool();
try {
  const { results, goals } = await falseAlarms(pool, rollouts.falseAlarms);
  goals.push(...(await commandDetection(pool, results.independent, rollouts.commands)));
  goals.push(...(await guildDetection(pool, results.guilds, rollouts.guilds)));
  goals.push(await falsePauses(pool, rollouts.falseAlarms));
  const rows = goals.map(([what, goal, measured, isMet]) => [
    what,
    goal,
    measured,
    isMet ? 'met' : 'NOT MET',
  ]);
  table('Goals', ['figure', 'goal', 'measured', ''], rows);
} finally {
  await pool.close();
}
console.log(`\nSimulated in ${((performance.now() - began) / 1000).toFixed(0)} s.`);
