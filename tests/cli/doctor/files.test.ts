import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkGate, checkPlans, checkWebhooks } from '../../../src/cli/doctor/files.js';

async function folderWith(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, name), text);
  return folder;
}

const plan = (rest = '') =>
  `rollout_strategy: { name: careful, phases: [{ name: all, percentage: 100, duration: 24h }] ${rest} }`;

it('names the plans that rollouts can follow', async () => {
  expect(await checkPlans(await folderWith('careful.yaml', plan()))).toEqual([
    { about: 'ROLLOUT_PLANS', level: 'ok', found: 'Rollouts can follow: default, careful.' },
  ]);
});

it('a plan that cannot be followed is a problem, by its line', async () => {
  expect(await checkPlans(await folderWith('careful.yaml', plan(', faces: 3')))).toMatchObject([
    { level: 'problem', found: expect.stringContaining('careful.yaml cannot be followed: line 1') as string },
  ]);
});

it('a gate that runs in the bot has to be there and to be right', async () => {
  const folder = await folderWith('gate.yaml', 'stages: [{ name: unit_tests, command: npm test }]');
  expect(await checkGate(false, join(folder, 'none.yaml'))).toEqual([]);
  expect(await checkGate(true, join(folder, 'gate.yaml'))).toMatchObject([
    { level: 'ok', found: expect.stringContaining('unit_tests') as string },
  ]);
  expect(await checkGate(true, join(folder, 'none.yaml'))).toMatchObject([{ level: 'problem' }]);
});

it('says which webhooks are on, and never a secret', () => {
  const [finding] = checkWebhooks({ webhooks: { deploymentSecret: 'a-secret', githubSecret: undefined } });
  expect(finding?.found).toBe('/hooks/deployments is on; /hooks/github is off (no GITHUB_WEBHOOK_SECRET).');
});
