import { expect, it } from 'vitest';
import { openDriver } from '../../../../src/lib/deployments/drivers/openDriver.js';
import { parseDeployments } from '../../../../src/lib/deployments/file/readDeploymentsFile.js';
import { failureOf } from './contract.js';
import { RecordingLogger } from './RecordingLogger.js';

function driverFor(yaml: string) {
  const read = parseDeployments(`driver:\n${yaml}`, 'deployments.yaml', 'data');
  if (!read.ok || read.file.driver === undefined) throw new Error('The file names no driver.');
  return openDriver(read.file.driver, new RecordingLogger());
}

it.each([
  ['pm2', '  new: { name: a }\n  stable: { name: b, release: 1.0.0 }'],
  [
    'kubernetes',
    '  namespace: x\n  new: { deployment: a, replicas: 1 }\n  stable: { deployment: b, replicas: 1, release: 1.0.0 }',
  ],
  ['command', '  release: 1.0.0\n  bring_up: [a]\n  take_down: [b]'],
])('opens the %s driver that the file chooses, and reaches nothing yet', (use, rest) => {
  expect(driverFor(`  use: ${use}\n${rest}`)).toMatchObject({ name: use, stableRelease: '1.0.0' });
});

it('says what is wrong with the program, not with the bot, where PM2 is not installed', async () => {
  const driver = driverFor('  use: pm2\n  bin: /no/such/pm2\n  new: { name: a }\n  stable: { name: b }');
  expect((await failureOf(driver.plan())).message).toBe(
    '/no/such/pm2 could not be started: there is no such program.',
  );
});
