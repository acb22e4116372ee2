/** A real PM2 daemon in a home of its own, with two processes of `new` running and `stable` stopped. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { pm2ForTests } from '../../../scripts/pm2-for-tests.mjs';
import type { Pm2Settings } from '../../../src/lib/deployments/file/DeploymentsFile.js';

const problem = await pm2ForTests().then(
  () => undefined,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);
if (problem !== undefined) {
  if (process.env['CI']) throw new Error(problem);
  process.stderr.write(`\n*** SKIPPED: tests on PM2. ${problem}\n\n`);
}

export const describePm2 = describe.skipIf(problem !== undefined);

const execute = promisify(execFile);
const script = fileURLToPath(new URL('readyApp.cjs', import.meta.url));

export interface Pm2Home {
  readonly settings: Pm2Settings;
  /** PM2_HOME. */
  readonly folder: string;
  pm2(...args: string[]): Promise<string>;
  /** Status of each process of an app. */
  statuses(name: string): Promise<readonly string[]>;
  pids(name: string): Promise<readonly number[]>;
  /** PM2's own numbers. */
  ids(name: string): Promise<readonly number[]>;
  /** Whether the processes of an app answer 200. */
  setReady(name: 'new' | 'stable', isReady: boolean): Promise<void>;
  /** Runs another program as the new version, with these variables beside its port. */
  replaceNew(program: string, env: Readonly<Record<string, string>>): Promise<void>;
  dispose(): Promise<void>;
}

interface Listed {
  readonly name: string;
  readonly pid: number;
  readonly pm_id: number;
  readonly pm2_env: { readonly status: string };
}

export async function startPm2Home(): Promise<Pm2Home> {
  const bin = await pm2ForTests();
  const home = await mkdtemp(join(tmpdir(), 'pm2-home-'));
  const base = await freePorts(4);
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, PM2_HOME: home };
  const pm2 = async (...args: string[]): Promise<string> =>
    (await execute(bin, args, { env, maxBuffer: 64 * 1024 * 1024 })).stdout;
  const listed = async (app: string): Promise<readonly Listed[]> => {
    const line = (await pm2('jlist')).split('\n').find((text) => text.startsWith('[')) ?? '[]';
    return (JSON.parse(line) as Listed[]).filter(({ name }) => name === app);
  };
  const app = (name: string, port: number, program = script, more = {}) => ({
    name,
    script: program,
    exec_mode: 'fork',
    instances: 2,
    env: { PORT: port, READY: join(home, `${name}.ready`), ...more },
  });
  const setReady = async (name: string, isReady: boolean): Promise<void> =>
    isReady ? writeFile(join(home, `${name}.ready`), '') : rm(join(home, `${name}.ready`), { force: true });
  await setReady('new', true);
  await setReady('stable', true);
  const start = async (...apps: ReturnType<typeof app>[]): Promise<void> => {
    const file = join(home, 'ecosystem.json');
    await writeFile(file, JSON.stringify({ apps }));
    await pm2('start', file);
  };
  await start(app('new', base), app('stable', base + 2));
  await pm2('stop', 'stable');
  const settingsOf = (name: string, port: number, release: string) => ({
    names: [name],
    instances: 2,
    release,
    ready: [port, port + 1].map((each) => `http://127.0.0.1:${each}/readyz`),
  });
  return {
    settings: {
      use: 'pm2',
      bin,
      home,
      new: settingsOf('new', base, '2.0.0'),
      stable: settingsOf('stable', base + 2, '1.0.0'),
    },
    folder: home,
    pm2,
    replaceNew: async (program, env) => {
      await pm2('delete', 'new');
      await start(app('new', base, program, { PATH: process.env['PATH'], ...env }));
    },
    statuses: async (name) => (await listed(name)).map(({ pm2_env }) => pm2_env.status),
    pids: async (name) => (await listed(name)).map(({ pid }) => pid),
    ids: async (name) => (await listed(name)).map(({ pm_id }) => pm_id),
    setReady,
    dispose: async () => {
      await pm2('kill');
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The first of so many ports in a row that nobody listens on just now. */
async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = await portFree(0);
    const rest = Array.from({ length: count - 1 }, (_, index) => first + index + 1);
    const free = await Promise.all(rest.map((port) => portFree(port).catch(() => undefined)));
    if (free.every((port) => port !== undefined)) return first;
  }
}

function portFree(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address() as AddressInfo;
      server.close(() => resolve(taken));
    });
  });
}
