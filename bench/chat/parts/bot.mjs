// A sandbox in this process and the demo bot beside it, as `npm run sandbox` has them.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { botEnvironment } from '../../../dist/esm/sandbox/botEnvironment.js';
import { startSandbox } from '../../../dist/esm/sandbox/index.js';

export const demo = fileURLToPath(new URL('../../../dist/esm/demo.js', import.meta.url));

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function say(measurement) {
  console.log(JSON.stringify(measurement));
}

/** @param options {@link startSandbox}'s */
export async function withSandbox(options, work) {
  const sandbox = await startSandbox({ port: 0, ...options });
  const dataDir = await mkdtemp(join(tmpdir(), 'rollouts-bench-'));
  try {
    return await work(sandbox, dataDir);
  } finally {
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Resolves when the program says `ready` over IPC; answers how long that took, ms, and how to stop it. @param more variables of its environment */
export async function start(script, sandbox, dataDir, more = {}) {
  const began = performance.now();
  const env = { ...botEnvironment(sandbox, dataDir, process.env), LOG_LEVEL: 'error', ...more };
  const child = fork(script, { env, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ready = new Promise((resolve, reject) => {
    child.on('message', (message) => message === 'ready' && resolve());
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
  });
  await ready;
  const readyMs = performance.now() - began;
  return {
    readyMs,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
