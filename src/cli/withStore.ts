import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { StateConfig } from '../config/Config.js';
import { readStateEnvironment } from '../config/environment.js';
import { RolloutError } from '../lib/core/RolloutError.js';
import { openStore } from '../lib/state/openStore.js';
import type { Store } from '../lib/state/Store.js';
import type { Terminal } from './Terminal.js';

/** Nothing has ever been kept where the environment points. */
export class NoState extends RolloutError {
  public readonly code = 'NO_STATE';
}

/** Embedded state that was never written, most often because the command was typed in another directory than the bot's. */
export function isThere({ redisUrl, dataDir }: StateConfig): boolean {
  return redisUrl !== undefined || existsSync(dataDir);
}

/**
 * Opens the store that the environment names, beside a running bot or not, and closes it whatever happens.
 *
 * @throws {NoState} where there is none, unless it may be made.
 */
export async function withStore<T>(
  terminal: Terminal,
  act: (store: Store, config: StateConfig) => Promise<T>,
  { make = false } = {},
): Promise<T> {
  const config = readStateEnvironment(terminal.environment);
  if (!make && !isThere(config)) {
    throw new NoState(`There is no state in ${resolve(config.dataDir)}.`, {
      next: "Go to the bot's directory, or set DATA_DIR (or REDIS_URL) as the bot has it.",
    });
  }
  const store = await openStore({ ...config, warn: (message) => terminal.err(message) });
  try {
    return await act(store, config);
  } finally {
    await store.close();
  }
}

/** As people call it: with no address, for that may hold a password. */
export function storeName({ redisUrl, dataDir, prefix }: StateConfig): string {
  return redisUrl === undefined
    ? `the embedded state in ${resolve(dataDir)} (prefix ${prefix})`
    : `the state in Redis (prefix ${prefix})`;
}
