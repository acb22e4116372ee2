/** Starts a real log aggregator on loopback: systemd's journal takes lines by HTTP, and answers with them by HTTP. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalPrograms } from '../../../scripts/journal-for-tests.mjs';
import { until } from '../redis/until.js';

export interface Journal {
  /** Where lines are asked for. */
  readonly url: string;
  /** Ships one line, as systemd-journal-upload does. */
  ship(identifier: string, line: string): Promise<void>;
  /** Stops both and removes their files. */
  dispose(): Promise<void>;
}

export async function startJournal(): Promise<Journal> {
  const { gather, serve, env } = await journalPrograms();
  const folder = await mkdtemp(join(tmpdir(), 'journal-test-'));
  const file = join(folder, 'remote.journal');
  const gathering = await listening(
    gather,
    ['--listen-http=-3', `--output=${file}`, '--split-mode=none'],
    env,
  );
  const ship = async (identifier: string, line: string): Promise<void> => {
    const fields = { SYSLOG_IDENTIFIER: identifier, PRIORITY: '6', MESSAGE: line.trim() };
    const response = await fetch(`${gathering.url}/upload`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.fdo.journal' },
      body: entryOf(fields),
    });
    if (!response.ok) throw new Error(`The journal answered ${response.status}: ${await response.text()}`);
  };
  // The file is there from the first line on.
  await until('the journal takes lines', () =>
    ship('start', 'begins').then(
      () => true,
      () => false,
    ),
  );
  const serving = await listening(serve, [`--file=${file}`], env);
  await until('the journal answers', async () =>
    fetch(`${serving.url}/entries`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return {
    url: serving.url,
    ship,
    dispose: async () => {
      await Promise.all([gathering.end(), serving.end()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The journal's export format: a field a line, an empty line at the end. */
function entryOf(fields: Readonly<Record<string, string>>): string {
  const all = { __REALTIME_TIMESTAMP: `${Date.now()}000`, _BOOT_ID: 'a'.repeat(32), ...fields };
  return `${Object.entries(all)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n\n`;
}

/** Hands a socket that listens already over to a program, as systemd would: so no port is guessed. */
async function listening(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly url: string; end(): Promise<void> }> {
  const socket = createServer();
  await new Promise<void>((resolve) => void socket.listen(0, '127.0.0.1', resolve));
  const { port } = socket.address() as AddressInfo;
  const child: ChildProcess = spawn('/bin/sh', ['-c', 'LISTEN_PID=$$ exec "$0" "$@"', program, ...args], {
    stdio: ['ignore', 'ignore', 'ignore', descriptorOf(socket)],
    env: { ...env, LISTEN_FDS: '1' },
  });
  const ended = once(child, 'exit');
  socket.close();
  return {
    url: `http://127.0.0.1:${port}`,
    end: async () => {
      child.kill();
      await ended;
    },
  };
}

function descriptorOf(socket: Server): number {
  return (Reflect.get(socket, '_handle') as { readonly fd: number }).fd;
}
