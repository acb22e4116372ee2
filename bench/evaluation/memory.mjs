/** What the guilds' overrides cost in evaluation, beside the documents: bytes a guild, with 100 flags and with 1,000. */
import { Evaluator } from '../../dist/esm/lib/flags/evaluation/Evaluator.js';
import { flagDocument, guildDocument, guildId, stamp } from './worlds/flags.mjs';
import { atMost } from './worlds/measure.mjs';

function bytesHeld() {
  for (let i = 0; i < 4; i++) globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function bytesAGuild(flags, guilds) {
  const documents = new Map(
    Array.from({ length: flags }, (_, i) => [`flag_${i}`, flagDocument(`flag_${i}`, { basisPoints: 2_500 })]),
  );
  const world = {
    servesFlags: true,
    flags: documents,
    guilds: new Map(),
    cohorts: new Map(),
    killSwitch: undefined,
  };
  const evaluator = new Evaluator(() => world);
  evaluator.reloaded();
  const before = bytesHeld();
  for (let i = 0; i < guilds; i++) {
    const id = guildId(i);
    const entries = { [`flag_${i % flags}`]: { override: { is: i % 2 === 0 ? 'allow' : 'deny', ...stamp } } };
    evaluator.moved('guilds', id, undefined, guildDocument(id, entries));
  }
  const held = bytesHeld() - before;
  if (!evaluator.isEnabled('flag_0', guildId(0), false)) throw new Error('the first guild is allowed');
  return held / guilds;
}

// What the compiler keeps meanwhile is as large as ten thousand guilds' tables: it is warm first, and the middle of five counts.
bytesAGuild(10, 1_000);
function middle(flags, guilds) {
  const runs = Array.from({ length: 5 }, () => bytesAGuild(flags, guilds)).sort((a, b) => a - b);
  return runs[2];
}
for (const flags of [100, 1_000]) {
  for (const guilds of [10_000, 100_000]) {
    atMost(`overrides of ${guilds} guilds over ${flags} flags`, 'bytes a guild', middle(flags, guilds), 64);
  }
}
