/** `npm run sandbox`: a local Discord with this bot in it; with `--scenario NAME` a play is given in it, and it ends. */
import { fileURLToPath } from 'node:url';
import { BotStartError } from './sandbox/BotProcess.js';
import { readArguments } from './sandbox/readArguments.js';
import { runSandbox, type RunOptions } from './sandbox/runSandbox.js';
import { playScenario } from './sandbox/scenarios/playScenario.js';
import { SandboxStartError } from './sandbox/settings.js';

const interrupted = new AbortController();
const options: RunOptions = {
  script: fileURLToPath(new URL('./demo.js', import.meta.url)),
  env: process.env,
  say: (line) => process.stdout.write(`${line}\n`),
  warn: (line) => process.stderr.write(`${line}\n`),
  signal: interrupted.signal,
};

/** Resolves when there is nothing left to do but to end. */
async function run(): Promise<void> {
  const { scenario } = readArguments(process.argv.slice(2));
  if (scenario) {
    const isAsItHasToBe = await playScenario(scenario, options);
    process.exit(isAsItHasToBe ? 0 : 1);
  }
  const running = await runSandbox(options);
  if (!interrupted.signal.aborted)
    await new Promise<void>((resolve) => interrupted.signal.addEventListener('abort', () => resolve()));
  await running.stop();
  process.exit(0);
}

/** The first signal ends everything in order, the second one at once; the bot goes when its parent is gone. */
function stop(): void {
  if (interrupted.signal.aborted) process.exit(1);
  interrupted.abort();
}

function fail(error: unknown): void {
  if (interrupted.signal.aborted) process.exit(0);
  const isExpected = error instanceof SandboxStartError || error instanceof BotStartError;
  const text = isExpected ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`The sandbox did not start. ${text}\n`);
  process.exitCode = 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
run().catch(fail);
