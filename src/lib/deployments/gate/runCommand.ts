/** Runs a stage's command and says in one sentence how it ended. */
import { stat } from 'node:fs/promises';
import { ProgramFailed } from '../drivers/errors.js';
import { run } from '../drivers/run.js';
import type { GateStage } from './file/GateFile.js';
import { fromStdout } from './reports/candidates.js';

export interface CommandEnd {
  /** Of the last program that ran; null where it did not end by itself. */
  readonly exitCode: number | null;
  /** How it ended, and what to do where it did not end by itself. */
  readonly sentence: string;
  /** All that the last program printed; undefined where that is more than is kept. */
  readonly stdout: string | undefined;
  /** Programs of the sequence that did not run, since one before them failed. */
  readonly left: readonly string[];
}

/** Enough for a report on stdout. */
const reportBytes = 16 * 1024 * 1024;
/** Where nobody reads it as a report; its last lines are kept anyway. */
const tailBytes = 4 * 1024;

/** @param acceptable exit codes after which the next program of the sequence is run */
export async function runCommand(
  stage: GateStage,
  signal: AbortSignal,
  onLine: (line: string) => void,
  acceptable: readonly number[],
): Promise<CommandEnd> {
  const limit = new AbortController();
  // Not AbortSignal.timeout: its reason is all that run() tells a time limit by, and this timer is cleared.
  const timer = setTimeout(
    () => limit.abort(new DOMException('The time limit was reached.', 'TimeoutError')),
    stage.timeoutMs,
  );
  const pass = (): void => limit.abort(signal.reason);
  if (signal.aborted) pass();
  signal.addEventListener('abort', pass, { once: true });
  try {
    return await inSequence(stage, limit.signal, onLine, acceptable);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', pass);
  }
}

async function inSequence(
  { sequence, cwd, env, reports }: GateStage,
  signal: AbortSignal,
  onLine: (line: string) => void,
  acceptable: readonly number[],
): Promise<CommandEnd> {
  if (!(await isFolder(cwd)))
    return {
      ...{ exitCode: null, stdout: '', left: sequence.map(([program]) => program) },
      sentence: `There is no folder ${cwd}. Mend cwd in the file.`,
    };
  const kept = reports?.includes(fromStdout) === true ? reportBytes : tailBytes;
  let end: CommandEnd = { exitCode: 0, sentence: '', stdout: '', left: [] };
  for (const [index, vector] of sequence.entries()) {
    const [program] = vector;
    const left = sequence.slice(index + 1).map(([name]) => name);
    try {
      const { stdout } = await run(vector, { signal, cwd, env, onLine, keptBytes: kept });
      end = {
        exitCode: 0,
        sentence: `${program} ended with exit code 0.`,
        stdout: whole(stdout, kept),
        left: [],
      };
    } catch (error) {
      if (!(error instanceof ProgramFailed)) throw error;
      const { exitCode } = error;
      const { stdout } = error.context;
      const sentence =
        exitCode === null ? stopped(program, error, signal) : `${program} ended with exit code ${exitCode}.`;
      end = { exitCode, sentence, stdout: whole(typeof stdout === 'string' ? stdout : '', kept), left };
      if (exitCode === null || !acceptable.includes(exitCode)) return end;
    }
  }
  return { ...end, left: [] };
}

function stopped(
  program: string,
  { message, signal: endedBy, cause }: ProgramFailed,
  signal: AbortSignal,
): string {
  if (signal.aborted) {
    const isLate = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
    return isLate
      ? `${message} Give it more with timeout, or find out what it waits for.`
      : `${message} Run the gate again.`;
  }
  // The folder is there: it was looked for before.
  if ((cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT')
    return `There is no program ${program} here. Install it where the gate runs, or mend its name in the file.`;
  if (endedBy === null) return `${message} Mend that where the gate runs.`;
  return endedBy === 'SIGKILL'
    ? `${message} Often the machine had no memory left.`
    : `${message} Run the gate again; somebody or something ended it.`;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function whole(stdout: string, keptBytes: number): string | undefined {
  return Buffer.byteLength(stdout) < keptBytes ? stdout : undefined;
}
