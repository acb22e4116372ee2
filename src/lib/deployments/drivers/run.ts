/**
 * Runs one program without a shell. It is given a few variables of the environment and no others, its output is bounded, and
 * at the deadline it is ended together with everything that it started.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { ArgumentVector } from '../file/DeploymentsFile.js';
import { ProgramFailed, whyLetGo } from './errors.js';
import { LineSplitter } from './LineSplitter.js';
import { Tail } from './Tail.js';

export interface RunOptions {
  /** Ends the program: at the deadline (AbortSignal.timeout), or where the lease was lost. */
  readonly signal: AbortSignal;
  /** Names of variables that it is given beside {@link basicVariables}. Their values are blotted out of its output. */
  readonly env?: readonly string[];
  /** Variables of its own. */
  readonly set?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Each line of its output as it comes. */
  readonly onLine?: (line: string) => void;
  /** Of each of stdout and stderr, the last so many bytes are kept. @default 65536 */
  readonly keptBytes?: number;
}

export interface Ran {
  /** The last `keptBytes` of it. */
  readonly stdout: string;
  readonly stderr: string;
}

/** What any program needs to find itself, its home and its language. Never a token. */
const basicVariables = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'SystemRoot',
] as const;

const keptBytes = 64 * 1024;
/** From asking it to end to ending it. */
const graceMs = 2_000;
/** A child of the program's that outlives it may hold its output open for ever. */
const lastWordsMs = 500;
/** Shorter ones are words that occur by chance. */
const shortestSecret = 6;

/** @throws ProgramFailed with exit code, signal and the last line that it wrote */
export async function run([program, ...args]: ArgumentVector, options: RunOptions): Promise<Ran> {
  const { signal } = options;
  if (signal.aborted) throw failure(program, `was not started: ${whyLetGo(signal)}`);
  const blot = blotterOf(options.env ?? []);
  const stdout = new Tail(options.keptBytes ?? keptBytes);
  const stderr = new Tail(options.keptBytes ?? keptBytes);
  // A group of its own, so that what it starts can be ended with it.
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: environmentOf(options),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    windowsHide: true,
  });
  const heard = [
    { stream: child.stdout, tail: stdout },
    { stream: child.stderr, tail: stderr },
  ].map(({ stream, tail }) => {
    const lines = new LineSplitter((line) => options.onLine?.(blot(line)));
    stream.on('data', (chunk: Buffer) => {
      tail.add(chunk);
      lines.add(chunk);
    });
    return lines;
  });
  const stop = (): void => void end(child);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { exitCode, endedBy } = await ended(child, program, options);
    for (const lines of heard) lines.end();
    const said = { stdout: blot(stdout.text), stderr: blot(stderr.text) };
    if (exitCode === 0) return said;
    const how = signal.aborted
      ? `was ended because ${whyLetGo(signal)}`
      : exitCode === null
        ? `was ended by ${endedBy ?? 'a signal'}`
        : `ended with exit code ${exitCode}`;
    throw failure(program, `${how}${lastLineOf(said)}`, { exitCode, endedBy, ...said });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

interface Ending {
  readonly exitCode: number | null;
  readonly endedBy: NodeJS.Signals | null;
}

function ended(child: ChildProcess, program: string, { cwd }: RunOptions): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      const missing =
        cwd === undefined ? 'there is no such program' : `there is no such program, or no folder ${cwd}`;
      const why =
        error.code === 'ENOENT' ? missing : error.code === 'EACCES' ? 'it is not executable' : error.message;
      reject(failure(program, `could not be started: ${why}`, { cause: error }));
    });
    child.once('exit', (exitCode, endedBy) => {
      const done = (): void => resolve({ exitCode, endedBy });
      const timer = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, lastWordsMs);
      child.once('close', () => {
        clearTimeout(timer);
        done();
      });
    });
  });
}

/** Asks the whole group to end, and ends it where it does not. */
async function end(child: ChildProcess): Promise<void> {
  killGroup(child, 'SIGTERM');
  const gone = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([gone, pause(graceMs, undefined, { ref: false })]);
  killGroup(child, 'SIGKILL');
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: nobody of the group is left. Elsewhere than on POSIX there are no groups.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') child.kill(signal);
  }
}

function environmentOf({ env = [], set = {} }: RunOptions): NodeJS.ProcessEnv {
  const names = [...basicVariables, ...env];
  const given = names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(given), ...set };
}

/** Line by line, as output is handed on; the longest first, so that of one that holds another nothing is left over. */
function blotterOf(names: readonly string[]): (text: string) => string {
  const secrets = names
    .flatMap((name) => (process.env[name] ?? '').split(/\r?\n/))
    .filter((line) => line.length >= shortestSecret)
    .sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((blotted, secret) => blotted.replaceAll(secret, '***'), text);
}

function lastLineOf({ stdout, stderr }: Ran): string {
  const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');
  const line = lines(stderr).at(-1) ?? lines(stdout).at(-1);
  return line === undefined ? '' : `: ${line.trim().slice(0, 200)}`;
}

function failure(
  program: string,
  what: string,
  facts: {
    exitCode?: number | null;
    endedBy?: string | null;
    stdout?: string;
    stderr?: string;
    cause?: unknown;
  } = {},
): ProgramFailed {
  const { exitCode = null, endedBy = null, stdout, stderr, cause } = facts;
  return new ProgramFailed(`${program} ${what.replace(/\.$/, '')}.`, {
    exitCode,
    signal: endedBy,
    context: { program, exitCode, signal: endedBy, stdout, stderr },
    cause,
    next: 'The log has what it wrote.',
  });
}
