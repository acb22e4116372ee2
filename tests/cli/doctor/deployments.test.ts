import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkDeployments } from '../../../src/cli/doctor/deployments.js';

async function findingsOf(yaml: string | undefined) {
  const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'deployments.yaml');
  if (yaml !== undefined) await writeFile(path, yaml);
  const findings = await checkDeployments(path, folder);
  return findings.map(({ found, ...rest }) => ({ ...rest, found: found.replaceAll(path, 'FILE') }));
}

it('no file, and a file without a driver, are well: no process is touched', async () => {
  for (const [yaml, found] of [
    [undefined, 'There is no FILE: rollbacks turn flags off and touch no process.'],
    ['drills: { every: 4w }', 'FILE names no driver: rollbacks turn flags off and touch no process.'],
  ] as const)
    expect(await findingsOf(yaml)).toEqual([{ about: 'DEPLOYMENTS_FILE', level: 'ok', found }]);
});

it('a wrong file is a problem, by its line', async () => {
  expect(await findingsOf('drills: { every: 30 }')).toMatchObject([
    {
      level: 'problem',
      found: 'FILE cannot be followed: line 1, column 18: expected a duration such as 12h, 1d or 4w.',
    },
  ]);
});

it('a driver that can do its work says what it would do', async () => {
  const [finding] = await findingsOf('driver: { use: command, bring_up: [./up], take_down: [./down] }');
  expect(finding).toMatchObject({ level: 'ok' });
  expect(finding?.found).toContain(
    'A rollback with the command driver would: Bring the previous version up: ./up',
  );
});

it('a driver that cannot is a problem, with what to do', async () => {
  const [finding] = await findingsOf(
    'driver: { use: pm2, bin: /no/such/pm2, new: { name: a }, stable: { name: b } }',
  );
  expect(finding).toMatchObject({
    level: 'problem',
    found:
      'The pm2 driver could not bring anything back: /no/such/pm2 could not be started: there is no such program.',
  });
});
