/** What `npm run sandbox` does: a local Discord, the bot in it as a child process, one line when both are ready. */
import { join } from 'node:path';
import { botEnvironment } from './botEnvironment.js';
import { BotProcess } from './BotProcess.js';
import { findNeighbour, leaveMark } from './neighbour.js';
import { Sandbox } from './Sandbox.js';
import { readSettings, SandboxStartError } from './settings.js';
import { KeptTime } from './simulation/KeptTime.js';

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
  readonly sandbox: Sandbox;
  /** Ends bot and server; resolves when both are gone. */
  stop(): Promise<void>;
}

/** Resolves when the bot is ready. Rejects with {@link SandboxStartError} or the bot's own failure to start. */
export async function runSandbox({ script, env, say, warn, signal }: RunOptions): Promise<RunningSandbox> {
  const { port, guilds, speed, traffic } = readSettings(env);
  const dataDir = env['DATA_DIR'] || 'data';
  const sandbox = new Sandbox({ port, guilds });
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
  const { simulation } = sandbox;
  const time = new KeptTime(simulation, dataDir, warn);
  await time.start();
  simulation.turn({ speed, traffic });
  const bot = new BotProcess({
    script,
    // At each start anew: a bot that starts again gets the orders of that moment.
    env: () => ({
      ...botEnvironment(sandbox, dataDir, env),
      DEMO_ORDERS: JSON.stringify(simulation.orders),
    }),
    logFile: join(dataDir, 'sandbox-bot.log'),
    onState: (state) => sandbox.showBotState(state),
  });
  const interrupt = (): void => void bot.stop();
  signal?.addEventListener('abort', interrupt);
  const end = async (): Promise<void> => {
    await bot.stop();
    await time.stop();
    await sandbox.close();
  };
  try {
    signal?.throwIfAborted();
    await bot.start();
    signal?.removeEventListener('abort', interrupt);
    simulation.drive((orders) => bot.send(orders));
    const takeBack = neighbour ? () => Promise.resolve() : await leaveMark(dataDir, sandbox.url);
    say(`Sandbox ready: ${sandbox.url}`);
    return {
      url: sandbox.url,
      sandbox,
      stop: async () => {
        await takeBack();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

const portTaken = (port: number, cause: Error): SandboxStartError =>
  new SandboxStartError(
    `Port ${port} cannot be used: ${cause.message}. Stop what uses it, or set SANDBOX_PORT to another port (0 = any free one).`,
    { cause },
  );
