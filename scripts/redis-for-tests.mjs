// Finds a redis-server for the tests: on PATH, else installed by apt (root), else unpacked beside the tests (no root).
import { execFile } from 'node:child_process';
import { access, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);
const packages = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'];

/**
 * @typedef {object} RedisServer
 * @property {string} command path or name of the binary
 * @property {NodeJS.ProcessEnv} env environment to start it in
 */

/** @type {Promise<RedisServer> | undefined} */
let found;

/**
 * The binary to start, found or fetched once a process. Rejects, saying why, where there is none and none can be had.
 *
 * @returns {Promise<RedisServer>}
 */
export function redisServer() {
  found ??= find();
  return found;
}

async function find() {
  const ways = [onPath, unpackedBefore, installed, unpacked];
  const problems = [];
  for (const way of ways) {
    try {
      const server = await way();
      await run(server.command, ['--version'], { env: server.env });
      return server;
    } catch (error) {
      problems.push(
        `${way.name}: ${
          String(error.stderr || error.message)
            .trim()
            .split('\n')[0]
        }`,
      );
    }
  }
  throw new Error(
    `No redis-server for the tests. Install one (apt-get install redis-server). ${problems.join(' · ')}`,
  );
}

async function onPath() {
  return { command: 'redis-server', env: process.env };
}

async function installed() {
  if (process.getuid?.() !== 0) throw new Error('not root');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env });
  // Only the binary is wanted: no service may start, and none could in most containers.
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'redis-server'], {
    env: { ...env, RUNLEVEL: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return onPath();
}

const directory = join(tmpdir(), `redis-for-tests-${process.getuid?.() ?? 0}`);

async function unpackedBefore() {
  return unpackedServer();
}

async function unpacked() {
  await mkdir(directory, { recursive: true });
  await run('apt-get', ['download', ...packages], { cwd: directory });
  for (const file of await readdir(directory))
    if (file.endsWith('.deb')) await run('dpkg-deb', ['-x', join(directory, file), directory]);
  return unpackedServer();
}

async function unpackedServer() {
  const command = join(directory, 'usr/bin/redis-check-rdb');
  await access(command);
  const lib = join(directory, 'usr/lib');
  const triplets = (await readdir(lib)).filter((name) => name.includes('-linux-'));
  const paths = [...triplets.map((name) => join(lib, name)), process.env['LD_LIBRARY_PATH']].filter(Boolean);
  return {
    command: await serverBinary(),
    env: { ...process.env, LD_LIBRARY_PATH: paths.join(':') },
  };
}

/** Debian's redis-server is a link to redis-check-rdb: either name may be there. */
async function serverBinary() {
  const path = join(directory, 'usr/bin/redis-server');
  await access(path);
  return path;
}
