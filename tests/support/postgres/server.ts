/** Starts a real PostgreSQL on loopback, in a folder of its own; as an unprivileged user where the tests run as root. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresPrograms } from '../../../scripts/postgres-for-tests.mjs';
import { freePort } from '../redis/server.js';
import { until } from '../redis/until.js';

const run = promisify(execFile);

export interface PostgresProcess {
  /** Folder of psql, pg_dump and pg_restore. */
  readonly programs: string;
  readonly url: string;
  /** Runs one statement; answers its rows as text, one a line. */
  query(sql: string): Promise<string>;
  /** Stops it and removes its files. */
  dispose(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresProcess> {
  const programs = await postgresPrograms();
  const folder = await mkdtemp(join(tmpdir(), 'postgres-test-'));
  const as = await unprivileged();
  if (as !== undefined) await chown(folder, as.uid, as.gid);
  const [data, port] = [join(folder, 'data'), await freePort()];
  const options = { ...as, cwd: folder };
  await run(
    join(programs, 'initdb'),
    [
      '--pgdata',
      data,
      '--username',
      'bot',
      '--auth',
      'trust',
      '--no-sync',
      '--no-locale',
      '--encoding',
      'UTF8',
    ],
    options,
  );
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    'fsync=off',
  ];
  const server: ChildProcess = spawn(
    join(programs, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: 'ignore' },
  );
  const url = `postgresql://bot@127.0.0.1:${port}/postgres`;
  const query = async (sql: string): Promise<string> =>
    (await run(join(programs, 'psql'), ['--no-psqlrc', '-qtA', '-d', url, '-c', sql])).stdout.trim();
  await until('PostgreSQL answers', () => query('select 1').catch(() => undefined), 20_000);
  return {
    ...{ programs, url, query },
    dispose: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGQUIT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
async function unprivileged(): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = async (flag: string, user: string): Promise<number> =>
    Number((await run('id', [flag, user])).stdout.trim());
  for (const user of ['postgres', 'nobody']) {
    const uid = await idOf('-u', user).catch(() => undefined);
    if (uid !== undefined) return { uid, gid: await idOf('-g', user) };
  }
  throw new Error('There is no user but root to run PostgreSQL as.');
}
