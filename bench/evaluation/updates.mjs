/** How long evaluation waits for a change: one flag's percentage, one guild's entry, and tables that grow. */
import { performance } from 'node:perf_hooks';
import { Evaluator } from '../../dist/esm/lib/flags/evaluation/Evaluator.js';
import { flagDocument, guildDocument, guildId, mix, overrides, stamp } from './worlds/flags.mjs';
import { atMost, median } from './worlds/measure.mjs';
import { lists, service } from './worlds/rollouts.mjs';

const flags = mix();
const all = [...flags.simple, ...flags.percentage, ...flags.list];
const keys = all.map(({ key }) => key);
const room = service(all, [...lists(flags.list), ...overrides(keys, 100_000)]);
let seq = 10;

function commit(ns, key, document) {
  seq++;
  const documents = [{ ns, key, document: { ...document, v: seq } }];
  const begun = performance.now();
  room.follower.commits([{ seq, id: 'x', at: 0, documents }]);
  return (performance.now() - begun) * 1_000;
}

const percentages = Array.from({ length: 5_000 }, (_, i) =>
  commit('flags', 'percentage_flag_3', flagDocument('percentage_flag_3', { basisPoints: i % 10_000 })),
);
atMost('one flag’s percentage', 'µs (median)', median(percentages.slice(500)), 100);

const entries = Array.from({ length: 20_000 }, (_, i) => {
  const id = guildId(i * 3);
  const entry = { override: { is: i % 2 === 0 ? 'allow' : 'deny', ...stamp } };
  return commit('guilds', id, guildDocument(id, { [keys[i % keys.length]]: entry }));
});
atMost('one guild’s entry', 'µs (median)', median(entries.slice(500)), 20);

// Guilds with an entry for one flag, more and more of them: its table grows all the time.
function longestPause(guilds) {
  const world = {
    servesFlags: true,
    flags: new Map([['grown', flagDocument('grown', { basisPoints: 2_500 })]]),
    guilds: new Map(),
    cohorts: new Map(),
    killSwitch: undefined,
  };
  const evaluator = new Evaluator(() => world);
  evaluator.reloaded();
  // One document for all, so that the garbage of a million is not what is measured.
  const document = guildDocument('any', { grown: { override: { is: 'allow', ...stamp } } });
  globalThis.gc();
  let longest = 0;
  for (let i = 0; i < guilds; i++) {
    const id = guildId(i);
    const cpu = process.cpuUsage();
    const begun = performance.now();
    evaluator.moved('guilds', id, undefined, document);
    const wall = performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    // What this process did itself: on a busy machine, others take their turns in between.
    longest = Math.max(longest, Math.min(wall, (user + system) / 1_000));
  }
  return longest;
}

// The first is for the compiler.
longestPause(200_000);
atMost('longest pause while a table grows to 1,000,000 guilds', 'ms', longestPause(1_000_000), 5);
