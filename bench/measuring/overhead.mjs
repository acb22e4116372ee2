/**
 * What measuring costs a command: one that awaits five times and asks for three flags, called as Sapphire calls it (a
 * precondition, then the command), bare and wrapped by turns. With a rollout one of the flags is under it.
 */
import { performance } from 'node:perf_hooks';
import { Recorder } from '../../dist/esm/lib/health/recording/Recorder.js';
import { PieceRuns } from '../../dist/esm/plugin/measuring/PieceRuns.js';
import { flagDocument, guildId } from '../evaluation/worlds/flags.mjs';
import { service } from '../evaluation/worlds/rollouts.mjs';
import { atMost, median, report } from '../evaluation/worlds/measure.mjs';

const rounds = 15;
const commands = 20_000;
const plainFlags = ['a', 'b', 'c'].map((key) => flagDocument(key, { basisPoints: 5_000 }));

function host(flags) {
  const command = {
    name: 'hello',
    async chatInputRun(interaction) {
      for (let step = 0; step < 5; step++) {
        await null;
        if (step < 3) flags.isEnabled(plainFlags[step].key, interaction.guildId);
      }
    },
  };
  const gate = { name: 'gate', chatInputRun: async () => true };
  return { command, gate };
}

async function call({ command, gate }, interaction) {
  await gate.chatInputRun(interaction);
  await command.chatInputRun(interaction);
}

/** µs a command, one after the other, as median over the rounds. */
async function round(pieces) {
  const begun = performance.now();
  for (let n = 0; n < commands; n++) await call(pieces, { guildId: guildId(n % 500) });
  return ((performance.now() - begun) * 1e3) / commands;
}

function wrapped(flags) {
  const recorder = new Recorder({ now: () => Date.now() });
  const runs = new PieceRuns(recorder, () => 'error');
  const pieces = host(flags);
  runs.wrap('commands', pieces.command);
  runs.wrap('preconditions', pieces.gate);
  return { pieces, recorder };
}

async function compare(flags) {
  const bare = host(flags);
  const { pieces, recorder } = wrapped(flags);
  const times = { bare: [], measured: [] };
  for (let n = 0; n < rounds + 3; n++) {
    const [a, b] = [await round(bare), await round(pieces)];
    recorder.take();
    if (n < 3) continue;
    times.bare.push(a);
    times.measured.push(b);
  }
  return { bare: median(times.bare), measured: median(times.measured) };
}

const idle = service(plainFlags, []);
const without = await compare(idle);
const under = service(
  [{ ...plainFlags[0], rollout: { id: 'ROLLOUT1', targets: [] } }, ...plainFlags.slice(1)],
  [],
);
const during = await compare(under);
under.close();
const after = await compare(idle);

atMost('added to a command while no rollout runs', 'µs', without.measured - without.bare, 20);
// Once a storage is in use every await of the process costs more on Node 20: that is part of the price.
atMost('added to a command while a rollout runs', 'µs', during.measured - without.bare, 20);
report({
  name: 'a command with five awaits, bare / measured',
  unit: 'µs',
  values: {
    before: [without.bare, without.measured],
    during: [during.bare, during.measured],
    after: [after.bare, after.measured],
  },
});
