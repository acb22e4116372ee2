/** Runs a TypeScript module as a process of its own, that a test may kill at any line. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface Child {
  /** Everything it sent so far. */
  readonly said: unknown[];
  readonly process: ChildProcess;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

export interface ChildModule {
  /** Path of what was compiled. */
  readonly file: string;
  start(...args: string[]): Child;
  dispose(): Promise<void>;
}

/** Compiles `file` with what it imports of ours; packages are loaded from node_modules as usual. */
export async function childModule(file: string): Promise<ChildModule> {
  // Inside node_modules, so that packages are found from there and no tool takes it for a source.
  const cache = join(import.meta.dirname, '../../node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(join(cache, 'child-'));
  const outfile = join(directory, 'child.mjs');
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    // package.json names what has side effects in dist only.
    ignoreAnnotations: true,
    logLevel: 'error',
  });
  return {
    file: outfile,
    start: (...args) => {
      const child = fork(outfile, args, { execArgv: [] });
      const said: unknown[] = [];
      child.on('message', (message) => said.push(message));
      const kill = async (): Promise<void> => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      };
      return { said, process: child, kill };
    },
    dispose: () => rm(directory, { recursive: true, force: true }),
  };
}
