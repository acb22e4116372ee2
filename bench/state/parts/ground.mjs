// A Redis of its own, child processes and percentiles for the benches of state.
import { fork, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { redisServer } from '../../../scripts/redis-for-tests.mjs';

/** Starts a redis-server on a free port for the time of `work(url)`. */
export async function withRedis(work) {
  const { command, env } = await redisServer();
  const port = await freePort();
  await withDirectory(async (directory) => {
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      directory,
      '--save',
      '',
      '--appendonly',
      'no',
    ];
    const server = spawn(command, args, { env, stdio: 'ignore' });
    const url = `redis://127.0.0.1:${port}`;
    try {
      const client = createClient({ url, socket: { reconnectStrategy: () => 20 } });
      client.on('error', () => undefined);
      await client.connect();
      client.destroy();
      await work(url);
    } finally {
      server.kill('SIGKILL');
    }
  });
}

/** A directory that is gone afterwards. */
export async function withDirectory(work) {
  const directory = await mkdtemp(join(tmpdir(), 'bench-state-'));
  try {
    await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Runs a module beside this one to its end; answers the last message it sent. */
export function run(file, args) {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, file), args);
    let last;
    child.on('message', (message) => (last = message));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve(last) : reject(new Error(`${file} ended with ${code}`)),
    );
  });
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return Number((sorted[at] ?? 0).toFixed(2));
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
