/** Processes killed with `kill -9` while they deliver. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../../../src/lib/core/ids.js';
import { openStore } from '../../../src/lib/state/openStore.js';
import type { Store } from '../../../src/lib/state/Store.js';
import { startSandbox, type Exchange, type Sandbox } from '../../../src/sandbox/index.js';
import { notice } from '../alerts/dispatch/house.js';

const scriptsDir = resolve('src/lib/state/redis');

let sandbox: Sandbox;
let store: Store;
let dataDir: string;
let programDir: string;
let program: string;
let child: ChildProcess | undefined;
/** Told of every message that Discord took. */
let onMessage: () => void = () => undefined;

const isMessage = ({ method, path, status }: Exchange): boolean =>
  method === 'POST' && status === 200 && /\/channels\/\d+\/messages$/.test(path);

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rollouts-killed-'));
  // Below node_modules, where the packages that it imports are found; with what the store loads beside itself.
  programDir = resolve('node_modules', '.cache', `delivering-${process.pid}`);
  program = join(programDir, 'program.mjs');
  const entryPoints = [resolve('tests/lib/control/deliveringProcess.ts')];
  await build({
    entryPoints,
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  for (const script of await readdir(scriptsDir)) {
    if (script.endsWith('.lua')) await copyFile(join(scriptsDir, script), join(programDir, script));
  }
  sandbox = await startSandbox({ onExchange: (exchange) => (isMessage(exchange) ? onMessage() : undefined) });
  store = await openStore({ dataDir, prefix: 'test' });
});
afterEach(async () => {
  await kill();
  await store.close();
  await sandbox.close();
  await rm(dataDir, { recursive: true, force: true });
  await rm(programDir, { recursive: true, force: true });
});

function start(): void {
  child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      API: sandbox.apiUrl,
      TOKEN: sandbox.botToken,
      STAFF_GUILD_ID: sandbox.world.staffGuild.id,
    },
  });
}

async function kill(): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Resolves as soon as Discord took so many more messages. */
function taken(count: number): Promise<void> {
  let left = count;
  return new Promise((done) => {
    onMessage = () => {
      left -= 1;
      if (left <= 0) done();
    };
  });
}

async function commit(title: string): Promise<void> {
  const notAfter = (await store.time()) + 5_000;
  await store.commit({
    op: newId(),
    notAfter,
    changes: [],
    audit: [{ did: title }],
    outbox: [notice(title)],
  });
}

it('killed between the commit and the notice, or right behind the notice, again and again: each appears once, in order', async () => {
  const titles = Array.from({ length: 5 }, (_, number) => `change ${number}`);
  for (const title of titles) await commit(title);
  for (const messages of [1, 2]) {
    const enough = taken(messages);
    start();
    await enough;
    // Discord has taken the message; that it did may not be written down yet.
    await kill();
  }
  start();
  await expect.poll(async () => (await store.outbox.pending(1)).length, { timeout: 15_000 }).toBe(0);
  const seen = await sandbox.as('admin').in('operations').messages();
  expect(seen.map(({ embeds }) => embeds[0]?.title?.replace(/^\S+ /, ''))).toEqual(titles);
}, 60_000);
