/**
 * A process of the new version that takes its own version down as soon as the file GO exists: what the lease holder of a real
 * rollback does. Its settings come from the environment, as JSON.
 */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { openDriver } from '../../../src/lib/deployments/drivers/openDriver.js';
import type { DriverSettings } from '../../../src/lib/deployments/file/DeploymentsFile.js';

const { PORT = '0', NODE_APP_INSTANCE = '0', GO = '', SETTINGS = '' } = process.env;

createServer((_, response) => response.end()).listen(Number(PORT) + Number(NODE_APP_INSTANCE), '127.0.0.1');

if (NODE_APP_INSTANCE === '0') {
  while (!existsSync(GO)) await pause(20);
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const driver = openDriver(JSON.parse(SETTINGS) as DriverSettings, silent);
  await driver.takeDown({ progress: () => undefined, signal: AbortSignal.timeout(30_000) });
}
