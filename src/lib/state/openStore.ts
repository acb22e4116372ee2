/** Opens the store that the configuration asks for. */
import { systemClock, type Clock } from '../core/Clock.js';
import type { RandomBytes } from '../core/ids.js';
import { defaultDeadlineMs } from './deadline.js';
import { EngineStore } from './EngineStore.js';
import { LmdbEngine } from './lmdb/LmdbEngine.js';
import type { Store } from './Store.js';

export interface StoreOptions {
  /** `redis://…`, `rediss://…`, `redis+sentinel://…`, or a comma-separated cluster; undefined = embedded (LMDB). */
  readonly redisUrl?: string | undefined;
  /** Where the embedded store has its file. */
  readonly dataDir: string;
  /** First part of every key; letters, digits, `-`, `_`. Bots that share a Redis each have their own. */
  readonly prefix: string;
  /** Real time. @default the machine's clock */
  readonly clock?: Clock;
  readonly random?: RandomBytes;
  /** Every call ends within this, ms of real time. @default 1500 */
  readonly deadlineMs?: number;
  /** Told of troubles that are no call's answer. */
  readonly warn?: (message: string, cause?: unknown) => void;
}

/**
 * @throws {NetworkDisk} where the embedded store would lie on a network disk.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { clock = systemClock, random, deadlineMs = defaultDeadlineMs, warn = () => undefined } = options;
  if (!/^[\w-]{1,64}$/.test(options.prefix))
    throw new TypeError('A prefix has 1 to 64 letters, digits, "-" and "_".');
  const { dataDir, prefix } = options;
  const engine = await LmdbEngine.open({ dataDir, prefix, clock, deadlineMs });
  return new EngineStore(engine, { clock, random, warn });
}
