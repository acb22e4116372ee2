/** What `npm run sandbox` does: a local Discord, the bot in it as a child process, one line when both are ready. */
import { join } from 'node:path';
import { botEnvironment } from './botEnvironment.js';
import { BotProcess } from './BotProcess.js';
import { findNeighbour, leaveMark } from './neighbour.js';
import { Sandbox } from './Sandbox.js';

const defaultPort = 4000;

export interface RunOptions {
  /** The bot's program. */
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  /** One line for standard output. */
  readonly say: (line: string) => void;
  /** One line for standard error. */
  readonly warn: (line: string) => void;
  /** Breaks the start off. */
  readonly signal?: AbortSignal;
}

export interface RunningSandbox {
  readonly url: string;
  /** Ends bot and server; resolves when both are gone. */
  stop(): Promise<void>;
}

/** A start that failed for a reason that the person can do something about. */
export class SandboxStartError extends Error {
  public constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SandboxStartError';
  }
}

/** Resolves when the bot is ready. Rejects with {@link SandboxStartError} or the bot's own failure to start. */
export async function runSandbox({ script, env, say, warn, signal }: RunOptions): Promise<RunningSandbox> {
  const port = readPort(env['SANDBOX_PORT']);
  const dataDir = env['DATA_DIR'] || 'data';
  const sandbox = new Sandbox({ port });
  await sandbox.listen().catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' || error.code === 'EACCES' ? portTaken(port, error) : error;
  });
  const neighbour = await findNeighbour(dataDir);
  if (neighbour) {
    warn(
      `Another sandbox (${neighbour.url}, process ${neighbour.pid}) uses ${dataDir}/, too. Both have the same flags, and notices ` +
        'appear in only one of the two. For one of its own, set DATA_DIR to another folder.',
    );
  }
  const bot = new BotProcess({
    ...{ script, env: botEnvironment(sandbox, dataDir, env), logFile: join(dataDir, 'sandbox-bot.log') },
    onState: (state) => sandbox.showBotState(state),
  });
  const interrupt = (): void => void bot.stop();
  signal?.addEventListener('abort', interrupt);
  try {
    signal?.throwIfAborted();
    await bot.start();
    signal?.removeEventListener('abort', interrupt);
    const takeBack = neighbour ? () => Promise.resolve() : await leaveMark(dataDir, sandbox.url);
    say(`Sandbox ready: ${sandbox.url}`);
    return {
      url: sandbox.url,
      stop: async () => {
        await bot.stop();
        await takeBack();
        await sandbox.close();
      },
    };
  } catch (error) {
    await bot.stop();
    await sandbox.close();
    throw error;
  }
}

function readPort(text: string | undefined): number {
  if (!text) return defaultPort;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new SandboxStartError(
    `SANDBOX_PORT is "${text}". It takes a port from 1 to 65535, or 0 for any free one.`,
  );
}

const portTaken = (port: number, cause: Error): SandboxStartError =>
  new SandboxStartError(
    `Port ${port} cannot be used: ${cause.message}. Stop what uses it, or set SANDBOX_PORT to another port (0 = any free one).`,
    { cause },
  );
