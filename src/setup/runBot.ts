import { container, Events } from '@sapphire/framework';
import { readEnvironment } from '../config/environment.js';
import type { RolloutsClocks } from '../lib/RolloutsService.js';
import { createBot } from './createBot.js';
import { loadEnvironment } from './environment.js';
import { createLogger } from './logger.js';
import { whyNotStarted } from './whyNotStarted.js';

/** How long a stop may take before the process leaves anyway, ms; below ecosystem.config.js's kill_timeout. */
const drainMs = 8_000;

/**
 * Runs the bot until SIGINT or SIGTERM. Tells its parent `ready` (PM2's wait_ready, the sandbox) once Discord knows its
 * commands. Ends with exit code 1 where the environment or the login does not do.
 */
export async function runBot(clocks: RolloutsClocks = {}): Promise<void> {
  loadEnvironment();
  const environment = readEnvironment(process.env);
  if (!environment.ok) {
    process.stderr.write(environment.message);
    // At once: under PM2 a listening channel to the parent would keep a process alive that has nothing to do.
    process.exit(1);
  }
  const { settings } = environment;
  const logger = createLogger(settings);
  const client = createBot(settings, logger, clocks);
  client.once(Events.ApplicationCommandRegistriesRegistered, () => process.send?.('ready'));

  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info(`${signal}: stopping`);
    setTimeout(() => process.exit(1), drainMs).unref();
    void Promise.allSettled([client.destroy(), container.rollouts?.close()]).then((ends) => {
      for (const end of ends) if (end.status === 'rejected') logger.error('Stopping failed', end.reason);
      process.exit(0);
    });
  };
  process.once('SIGINT', () => stop('SIGINT'));
  process.once('SIGTERM', () => stop('SIGTERM'));

  try {
    await client.login(settings.token);
  } catch (error) {
    logger.fatal(whyNotStarted(error), error);
    await Promise.allSettled([client.destroy(), container.rollouts?.close()]);
    process.exit(1);
  }
}
