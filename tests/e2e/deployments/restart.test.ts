/** The bot is killed at minute 20 of a deployment's hour, and started anew on the same state. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DeploymentsReplica } from '../../../src/lib/deployments/life/DeploymentsReplica.js';
import type { DeploymentDocument } from '../../../src/lib/deployments/documents.js';
import { openStore } from '../../../src/lib/state/openStore.js';
import type { Store } from '../../../src/lib/state/Store.js';
import { startSandbox, type Sandbox, type Seen } from '../../../src/sandbox/index.js';
import { environmentFor } from '../../support/bot.js';
import type { ChildModule } from '../../support/child.js';
import { demoProgram } from '../../support/demoProgram.js';
import { until } from '../../support/redis/until.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Domain time runs so much faster: an hour is a quarter of a minute, and a look, which is no sooner than after a second, four minutes. */
const speed = 240;
const everyMs = 3 * minuteMs;
/** Looks that may be missed before the time counts as not watched. */
const mostMissed = 3;

let program: ChildModule;
let dataDir: string;
let sandbox: Sandbox;
let store: Store;
const replica = new DeploymentsReplica();
let child: ChildProcess;
let env: NodeJS.ProcessEnv;
const operations = () => sandbox.as('admin').in('operations');

beforeAll(async () => {
  [program, dataDir, sandbox] = await Promise.all([
    demoProgram(),
    mkdtemp(join(tmpdir(), 'rollouts-restart-')),
    startSandbox({ port: 0, guilds: 12 }),
  ]);
  await writeFile(join(dataDir, 'deployments.yaml'), 'monitor: { for: 1h, every: 3m }');
  store = await openStore({ dataDir, prefix: 'rollouts' });
  await store.follow(replica);
  const now = Date.now();
  const orders = {
    kind: 'demo-orders',
    pace: { realAt: now, domainAt: now, speed },
    greeting: {
      ...{ errorRate: 0, workMs: 0, outage: false },
      newGreeting: { errors: 1, slowness: 1, alwaysFails: false, guildId: null },
    },
  };
  env = { ...process.env, ...environmentFor(sandbox, dataDir), DEMO_ORDERS: JSON.stringify(orders) };
  child = await start();
}, 60_000);
afterAll(async () => {
  await kill();
  await store.close();
  await sandbox.close();
  await program.dispose();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<ChildProcess> {
  const started = fork(program.file, { execArgv: [], env });
  const ready = new Promise<true>((tell) => started.on('message', (said) => said === 'ready' && tell(true)));
  if ((await Promise.race([ready, once(started, 'exit')])) !== true) throw new Error('It ended at once.');
  return started;
}

async function kill(): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

const deployment = (): DeploymentDocument | undefined => [...replica.deployments.values()][0];

const cards = async (): Promise<readonly Seen[]> =>
  (await operations().messages()).filter(({ ephemeral, embeds }) => !ephemeral && embeds.length === 0);

it('the hour goes on where it stood, ends when it should, and the same card is edited', async () => {
  await operations().slash('/deploy start', { version: '1.4.0' });
  await operations().slash('/deploy finish', {});
  const before = await until(
    'minute 20 of the hour has come',
    () => {
      const found = deployment();
      const monitor = found?.monitor;
      return monitor && monitor.nextAt >= monitor.until - hourMs + 20 * minuteMs ? found : undefined;
    },
    30_000,
  );
  const [card] = await cards();
  await kill();
  const [stored = null] = await store.getMany('deployments', [before.id]);
  const killed = stored as unknown as DeploymentDocument;
  child = await start();

  const over = await until(
    'the hour has ended',
    () => {
      const found = deployment();
      return found?.state === 'succeeded' ? found : undefined;
    },
    90_000,
  );
  const { monitor } = over;
  if (monitor === null || killed.monitor === null) throw new Error('It was not watched.');
  const times = monitor.series.map(([at]) => at);
  // What was seen before is still there, each look once, and it went on.
  expect(times.slice(0, killed.monitor.looks)).toEqual(killed.monitor.series.map(([at]) => at));
  expect(times).toHaveLength(monitor.looks);
  expect(new Set(times).size).toBe(times.length);
  expect(times.every((at, n) => n === 0 || at - (times[n - 1] ?? 0) >= everyMs)).toBe(true);
  expect(monitor.looks).toBeGreaterThan(killed.monitor.looks);

  // An hour of watching, and not a minute of it while nobody looked.
  const begun = over.entered.watching ?? 0;
  const unwatched = times
    .map((at, n) => at - (times[n - 1] ?? begun) - everyMs)
    .filter((missed) => missed > mostMissed * everyMs)
    .reduce((sum, missed) => sum + missed, 0);
  expect(unwatched).toBeGreaterThan(0);
  expect(monitor.until - begun).toBe(hourMs + unwatched);
  expect(over.ended?.at).toBeGreaterThanOrEqual(monitor.until);

  const edited = await until('the card says so', async () =>
    (await cards()).find(({ text }) => text.includes('is complete')),
  );
  expect(edited.id).toBe(card?.id);
  expect(await cards()).toHaveLength(1);
  const told = (await operations().messages()).filter(({ text }) =>
    text.includes('Deployment 1.4.0 is complete'),
  );
  expect(told).toHaveLength(1);
}, 180_000);
