/** Starts a real redis-server on loopback, that tests may stop, freeze and start again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { redisServer } from '../../../scripts/redis-for-tests.mjs';
import { until } from './until.js';

export interface RedisProcess {
  readonly port: number;
  readonly url: string;
  /** One command, on a connection of its own. */
  send(...args: string[]): Promise<unknown>;
  /** Like pulling the plug: SIGKILL. */
  stop(): Promise<void>;
  /** On the same port and directory. */
  start(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Stops it and removes its files. */
  dispose(): Promise<void>;
}

export const loopback = '127.0.0.1';

/** @param sentinelConfig makes it a sentinel with that file. */
export async function startRedis(
  args: readonly string[] = [],
  sentinelConfig?: string,
): Promise<RedisProcess> {
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 'redis-test-'));
  const { command, env } = await redisServer();
  let child: ChildProcess | undefined;

  const send = async (...words: string[]): Promise<unknown> => {
    const client = createClient({ socket: { host: loopback, port, reconnectStrategy: false } });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.sendCommand(words);
    } finally {
      if (client.isOpen) client.destroy();
    }
  };
  const start = async (): Promise<void> => {
    const place = ['--port', String(port), '--bind', loopback, '--dir', directory, '--loglevel', 'warning'];
    const role = sentinelConfig === undefined ? ['--save', '', '--appendonly', 'no'] : ['--sentinel'];
    const first = sentinelConfig === undefined ? [] : [sentinelConfig];
    child = spawn(command, [...first, ...place, ...role, ...args], { env, stdio: 'ignore' });
    await until(`redis on ${port} answers`, () => send('PING').catch(() => undefined));
  };
  const stop = async (): Promise<void> => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    port,
    url: `redis://${loopback}:${port}`,
    send,
    stop,
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    dispose: async () => {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A port below the ephemeral range whose cluster bus port (+10000) is free too. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 12_000);
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, loopback);
    await Promise.race([
      once(server, 'listening'),
      once(server, 'error').then(([error]) => Promise.reject(error as Error)),
    ]);
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
