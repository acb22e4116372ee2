/** A sandbox with the bot of our own in this process: what the end-to-end tests type into. One bot a test file. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { container, Events, type SapphireClient } from '@sapphire/framework';
import type { RolloutsConfig } from '../../src/config/Config.js';
import { loadDemoPieces } from '../../src/demo/_load.js';
import type { RolloutsClocks, RolloutsService } from '../../src/lib/RolloutsService.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';
import { createBot } from '../../src/setup/createBot.js';
import { createLogger, type LogTarget } from '../../src/setup/logger.js';
import { readEnvironment } from '../../src/config/environment.js';
import { discordContract } from './contract/index.js';

type Environment = Readonly<Record<string, string>>;

export interface StartBotOptions {
  readonly sandbox?: SandboxOptions;
  readonly clocks?: RolloutsClocks;
  /** Environment variables beside those that every run needs. */
  readonly env?: Environment | ((sandbox: Sandbox) => Environment);
  /** The text of `deployments.yaml`. @default no limit on notices, and nothing else */
  readonly deployments?: string;
  /** Gets every line of the log. @default standard output */
  readonly logTo?: LogTarget['stream'];
  /** What happens to the data directory before the bot starts. */
  readonly prepare?: (dataDir: string) => Promise<void>;
}

export interface RunningBot {
  readonly sandbox: Sandbox;
  readonly client: SapphireClient;
  readonly rollouts: RolloutsService;
  readonly config: RolloutsConfig;
  readonly dataDir: string;
  /** What broke Discord's own description of its API; a test file ends with an empty list. */
  readonly violations: readonly string[];
  readonly as: Sandbox['as'];
  close(): Promise<void>;
}

/** The environment that a person would put into `.env` to point the bot at this sandbox. */
export function environmentFor(sandbox: Sandbox, dataDir: string): Record<string, string> {
  const { world } = sandbox;
  return {
    DISCORD_TOKEN: sandbox.botToken,
    DISCORD_API_URL: sandbox.apiUrl,
    STAFF_GUILD_ID: world.staffGuild.id,
    ROLLOUT_ADMIN_ROLE_IDS: world.role('Admin').id,
    ROLLOUT_STAFF_ROLE_IDS: world.role('Staff').id,
    ONCALL_ROLE_ID: world.role('On-call').id,
    DATA_DIR: dataDir,
    HTTP_PORT: '0',
    DEPLOYMENTS_FILE: join(dataDir, 'deployments.yaml'),
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'fatal',
  };
}

export async function startBot(options: StartBotOptions = {}): Promise<RunningBot> {
  const contract = await discordContract();
  const sandbox = await startSandbox({ port: 0, onExchange: contract.check, ...options.sandbox });
  const dataDir = await mkdtemp(join(tmpdir(), 'rollouts-e2e-'));
  // Tests say more in a minute than people do; what is told together has tests of its own.
  await writeFile(
    join(dataDir, 'deployments.yaml'),
    options.deployments ?? 'alerts: { messages_a_minute: 10000 }',
  );
  await options.prepare?.(dataDir);
  const extra = typeof options.env === 'function' ? options.env(sandbox) : options.env;
  const environment = readEnvironment({ ...environmentFor(sandbox, dataDir), ...extra });
  if (!environment.ok) throw new Error(environment.message);
  loadDemoPieces();
  const { logTo } = options;
  const logger = createLogger(
    environment.settings,
    logTo === undefined ? {} : { stream: logTo, pretty: false },
  );
  const client = createBot(environment.settings, logger, options.clocks);
  const registered = new Promise<void>((resolve) => {
    client.once(Events.ApplicationCommandRegistriesRegistered, () => resolve());
  });
  await client.login(environment.settings.token);
  await registered;
  return {
    sandbox,
    client,
    rollouts: container.rollouts,
    config: environment.settings.rollouts,
    dataDir,
    violations: contract.violations,
    as: (user) => sandbox.as(user),
    close: async () => {
      await client.destroy();
      await container.rollouts.close();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
