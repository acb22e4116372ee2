/** A connection to one server, a Sentinel group's master, or a cluster, all used in one way. */
import type { KeyvStoreAdapter } from 'keyv';
import type { Signal } from '../Engine.js';

export interface RedisLink {
  readonly kind: 'single' | 'sentinel' | 'cluster';
  readonly isReady: boolean;
  /** The number of the database; messages, unlike keys, are common to all databases of a server. */
  readonly database: number;
  /** Sends one command to the server that `key` lives on. Commands sent in one turn stay in order on one connection. */
  send(key: string, args: readonly string[]): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): void;
  /** An adapter that puts `namespace:` before each key. */
  keyvAdapter(namespace: string): KeyvStoreAdapter;
  listen(listener: (signal: Signal) => void): void;
  close(): Promise<void>;
}

/** A client's state of health, whichever of the three it is. */
export interface LinkEvents {
  signal(signal: Signal): void;
  warn(message: string, cause?: unknown): void;
}

/** How long a socket may be silent (it is pinged every second) before it is given up, ms. */
export const silenceMs = 3000;
export const pingMs = 1000;

/** Never gives up: the library's own strategy would close the client for good after a silent socket. */
export function reconnectInMs(retries: number): number {
  return Math.min(1000, 50 * 2 ** Math.min(retries, 5));
}
