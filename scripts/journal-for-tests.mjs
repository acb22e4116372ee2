// Finds systemd's journal over HTTP for the tests of log aggregation: installed, else unpacked beside the tests (no root, no service).
import { execFile } from 'node:child_process';
import { access, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);
const packages = ['systemd-journal-remote', 'libsystemd-shared', 'libmicrohttpd12'];
const directory = join(tmpdir(), `journal-for-tests-${process.getuid?.() ?? 0}`);

/** @type {Promise<import('./journal-for-tests.mjs').JournalPrograms> | undefined} */
let found;

/**
 * The programs to start, found or fetched once a process. Rejects, saying why, where there are none and none can be had.
 *
 * @returns {Promise<import('./journal-for-tests.mjs').JournalPrograms>}
 */
export function journalPrograms() {
  found ??= find();
  return found;
}

async function find() {
  const problems = [];
  for (const way of [installed, unpackedBefore, unpacked]) {
    try {
      const programs = await way();
      for (const program of [programs.gather, programs.serve])
        await run(program, ['--version'], { env: programs.env });
      return programs;
    } catch (error) {
      const text = String(error.stderr || error.message).trim();
      problems.push(`${way.name}: ${text.split('\n')[0]}`);
    }
  }
  throw new Error(
    `No journal for the tests. Install it (apt-get install systemd-journal-remote). ${problems.join(' · ')}`,
  );
}

async function installed() {
  return programsIn('/', process.env);
}

async function unpackedBefore() {
  const lib = join(directory, 'usr/lib');
  const triplets = (await readdir(lib)).filter((name) => name.includes('-linux-'));
  const paths = triplets.flatMap((name) => [join(lib, name), join(lib, name, 'systemd')]);
  const all = [...paths, process.env['LD_LIBRARY_PATH']].filter(Boolean);
  return programsIn(directory, { ...process.env, LD_LIBRARY_PATH: all.join(':') });
}

async function unpacked() {
  await mkdir(directory, { recursive: true });
  await run('apt-get', ['download', ...packages], { cwd: directory });
  for (const file of await readdir(directory))
    if (file.endsWith('.deb')) await run('dpkg-deb', ['-x', join(directory, file), directory]);
  return unpackedBefore();
}

/** Debian moved them from /lib to /usr/lib. */
async function programsIn(root, env) {
  for (const folder of ['lib/systemd', 'usr/lib/systemd']) {
    const gather = join(root, folder, 'systemd-journal-remote');
    const isHere = await access(gather).then(
      () => true,
      () => false,
    );
    if (isHere) return { gather, serve: join(root, folder, 'systemd-journal-gatewayd'), env };
  }
  throw new Error(`not in ${root}`);
}
