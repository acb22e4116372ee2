import type { StateConfig } from '../config/Config.js';
import { readStateEnvironment } from '../config/environment.js';
import { openStore } from '../lib/state/openStore.js';
import type { Store } from '../lib/state/Store.js';
import type { Terminal } from './Terminal.js';

/** Opens the store that the environment names, beside a running bot or not, and closes it whatever happens. */
export async function withStore<T>(
  terminal: Terminal,
  act: (store: Store, config: StateConfig) => Promise<T>,
): Promise<T> {
  const config = readStateEnvironment(terminal.environment);
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
    ? `the embedded state in ${dataDir} (prefix ${prefix})`
    : `the state in Redis (prefix ${prefix})`;
}
