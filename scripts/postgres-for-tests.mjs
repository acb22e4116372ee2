// Finds PostgreSQL's programs for the tests: Debian's folder, PATH, else installed by apt (root).
import { execFile } from 'node:child_process';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const needed = ['initdb', 'postgres', 'psql', 'pg_dump', 'pg_restore'];
const debian = '/usr/lib/postgresql';

/** @type {Promise<string> | undefined} */
let found;

/**
 * The folder with the programs, found or installed once a process. Rejects, saying why, where there is none and none can be
 * had.
 *
 * @returns {Promise<string>}
 */
export function postgresPrograms() {
  found ??= find();
  return found;
}

async function find() {
  const problems = [];
  for (const way of [inDebiansFolder, onPath, installed]) {
    try {
      const folder = await way();
      await Promise.all(needed.map((program) => access(join(folder, program))));
      await run(join(folder, 'postgres'), ['--version']);
      return folder;
    } catch (error) {
      const text = String(error.stderr || error.message).trim();
      problems.push(`${way.name}: ${text.split('\n')[0]}`);
    }
  }
  throw new Error(
    `No PostgreSQL for the tests. Install it (apt-get install postgresql). ${problems.join(' · ')}`,
  );
}

async function inDebiansFolder() {
  const [newest] = (await readdir(debian)).sort((a, b) => Number(b) - Number(a));
  return join(debian, newest ?? 'none', 'bin');
}

async function onPath() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const isHere = await access(join(folder, 'initdb')).then(
      () => true,
      () => false,
    );
    if (isHere) return folder;
  }
  throw new Error('initdb is not on PATH');
}

async function installed() {
  if (process.getuid?.() !== 0) throw new Error('not root');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env });
  // Only the programs are wanted: no service may start, and none could in most containers.
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], {
    env: { ...env, RUNLEVEL: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return inDebiansFolder();
}
