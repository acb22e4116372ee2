/** `npm run sandbox`: a local Discord with this bot in it. */
import { fileURLToPath } from 'node:url';
import { BotStartError } from './sandbox/BotProcess.js';
import { runSandbox } from './sandbox/runSandbox.js';
import { SandboxStartError } from './sandbox/settings.js';

const interrupted = new AbortController();
const started = runSandbox({
  script: fileURLToPath(new URL('./demo.js', import.meta.url)),
  env: process.env,
  say: (line) => process.stdout.write(`${line}\n`),
  warn: (line) => process.stderr.write(`${line}\n`),
  signal: interrupted.signal,
});

/** The first signal ends everything in order, the second one at once; the bot goes when its parent is gone. */
function stop(): void {
  if (interrupted.signal.aborted) process.exit(1);
  interrupted.abort();
  void started.then((running) => running.stop()).then(() => process.exit(0), fail);
}

function fail(error: unknown): void {
  if (interrupted.signal.aborted) process.exit(0);
  const isExpected = error instanceof SandboxStartError || error instanceof BotStartError;
  const text = isExpected ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`The sandbox did not start. ${text}\n`);
  process.exitCode = 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
started.catch(fail);
