/** Opens the store that the configuration asks for. */
import { systemClock, type Clock } from '../core/Clock.js';
import type { RandomBytes } from '../core/ids.js';
import { defaultDeadlineMs } from './deadline.js';
import type { Engine } from './Engine.js';
import { EngineStore } from './EngineStore.js';
import { LmdbEngine } from './lmdb/LmdbEngine.js';
import { parseRedisUrl } from './redis/address.js';
import { connectRedis } from './redis/connect.js';
import { RedisEngine } from './redis/RedisEngine.js';
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
  /**
   * Replicas that a commit waits for. What is confirmed to nobody can be lost by a failover.
   * @default 1 on Sentinel and Cluster, 0 on a single server
   */
  readonly waitForReplicas?: number;
  /** Told of troubles that are no call's answer. */
  readonly warn?: (message: string, cause?: unknown) => void;
}

/**
 * An unreachable Redis is no error here: the store's calls end in Unavailable until it answers.
 *
 * @throws {BadRedisUrl} where the URL is not understood.
 * @throws {NetworkDisk} where the embedded store would lie on a network disk.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { clock = systemClock, random, deadlineMs = defaultDeadlineMs, warn = () => undefined } = options;
  if (!/^[\w-]{1,64}$/.test(options.prefix))
    throw new TypeError('A prefix has 1 to 64 letters, digits, "-" and "_".');
  const engine = await openEngine({ ...options, clock, deadlineMs, warn });
  return new EngineStore(engine, { clock, random, warn });
}

async function openEngine(
  options: StoreOptions & Required<Pick<StoreOptions, 'clock' | 'deadlineMs' | 'warn'>>,
): Promise<Engine> {
  const { redisUrl, dataDir, prefix, clock, deadlineMs, warn } = options;
  if (redisUrl === undefined || redisUrl === '')
    return LmdbEngine.open({ dataDir, prefix, clock, deadlineMs });
  const address = parseRedisUrl(redisUrl);
  const waitForReplicas = options.waitForReplicas ?? (address.kind === 'single' ? 0 : 1);
  const engine = new RedisEngine(connectRedis(address), { prefix, deadlineMs, waitForReplicas, warn });
  await engine.settled(deadlineMs);
  return engine;
}
