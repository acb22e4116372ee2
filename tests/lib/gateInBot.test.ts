import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { GateTick } from '../../src/lib/deployments/gate/GateInBot.js';
import { openGateInBot } from '../../src/lib/gateInBot.js';

const file = `stages:
  - name: unit_tests
    command: "node --eval 'console.log(1)'"
    success_criteria: "all tests pass"
  - name: lint
    command: "node --eval 'process.exit(3)'"
    success_criteria: "exit_code == 0"
`;

async function gateFile(text: string | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gate-in-bot-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'deployment-gate.yaml');
  if (text !== undefined) await writeFile(path, text);
  return path;
}

const clock = { now: () => Date.now() };
const run = (onTicks: (ticks: readonly GateTick[]) => void = () => undefined) => ({
  ...{ release: '1.4.0', signal: new AbortController().signal, onTicks },
});

it('tells how far each stage is, and what came of it', async () => {
  const gate = openGateInBot(clock, await gateFile(file));
  let seen: readonly GateTick[] = [];
  const states = new Set<string>();
  const result = await gate(
    run((ticks) => {
      seen = ticks;
      for (const { stage, state } of ticks) states.add(`${stage} ${state}`);
    }),
  );
  expect(result).toMatchObject({ release: '1.4.0', verdict: 'failed' });
  expect(seen.map(({ stage, state }) => `${stage} ${state}`)).toEqual(['unit_tests passed', 'lint failed']);
  expect(states).toContain('unit_tests running');
});

it('runs once at a time, and again once it has ended', async () => {
  const gate = openGateInBot(clock, await gateFile(file));
  const first = gate(run());
  await expect(gate(run())).rejects.toThrow('being run in this bot already');
  await first;
  await expect(gate(run())).resolves.toMatchObject({ verdict: 'failed' });
});

it('a missing file is refused, and does not count as a run', async () => {
  const gate = openGateInBot(clock, await gateFile(undefined));
  await expect(gate(run())).rejects.toThrow('deployment-gate.yaml');
  await expect(gate(run())).rejects.toThrow('deployment-gate.yaml');
});
