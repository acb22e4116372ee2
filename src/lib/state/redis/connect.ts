/** Makes the clients for an address. Nothing here waits for a server: a link becomes ready whenever it can. */
import KeyvRedis from '@keyv/redis';
import {
  createClient,
  createCluster,
  createSentinel,
  type RedisClientType,
  type RedisClusterType,
  type RedisSentinelType,
} from '@redis/client';
import type { KeyvStoreAdapter } from 'keyv';
import type { Signal } from '../Engine.js';
import type { RedisAddress } from './address.js';
import { pingMs, reconnectInMs, silenceMs, type RedisLink } from './RedisLink.js';

type AnyClient = RedisClientType | RedisClusterType | RedisSentinelType;

/** What a client of any kind offers to the one link below. */
interface Client {
  readonly raw: AnyClient;
  isReady(): boolean;
  send(key: string, args: string[]): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  connect(): Promise<unknown>;
  close(): Promise<unknown> | void;
}

const retryMs = 500;

export function connectRedis(address: RedisAddress): RedisLink {
  const listeners = new Set<(signal: Signal) => void>();
  const signal = (what: 'up' | 'down'): void => {
    for (const listener of listeners) listener({ is: what });
  };
  return new Link(address, clientOf(address, signal), signal, listeners);
}

class Link implements RedisLink {
  public readonly kind: RedisLink['kind'];
  public readonly database: number;
  private isClosed = false;
  private isConnected = false;
  private retry: NodeJS.Timeout | undefined;
  private readonly subscriptions: { channel: string; listener: (message: string) => void }[] = [];

  public constructor(
    address: RedisAddress,
    private readonly client: Client,
    private readonly signal: (what: 'up' | 'down') => void,
    private readonly listeners: Set<(signal: Signal) => void>,
  ) {
    this.kind = address.kind;
    this.database = address.kind === 'cluster' ? 0 : address.database;
    void this.connect();
  }

  public get isReady(): boolean {
    return this.isConnected && !this.isClosed && this.client.isReady();
  }

  public async send(key: string, args: readonly string[]): Promise<unknown> {
    return this.client.send(key, [...args]);
  }

  public subscribe(channel: string, listener: (message: string) => void): void {
    this.subscriptions.push({ channel, listener });
    if (this.isConnected) void this.subscribeNow(channel, listener);
  }

  public keyvAdapter(namespace: string): KeyvStoreAdapter {
    const adapter = new KeyvRedis<string>(this.client.raw, {
      namespace,
      keyPrefixSeparator: ':',
      throwOnErrors: true,
    });
    // Its errors are thrown too; without a listener the emitted copy would end the process.
    adapter.on('error', () => undefined);
    return adapter;
  }

  public listen(listener: (signal: Signal) => void): void {
    this.listeners.add(listener);
  }

  public async close(): Promise<void> {
    this.isClosed = true;
    this.listeners.clear();
    clearTimeout(this.retry);
    await this.client.close();
  }

  /** A cluster's or a sentinel's first connection fails for good where a single server's goes on by itself: so try again. */
  private async connect(): Promise<void> {
    try {
      await this.client.connect();
    } catch {
      // What was wrong shows in every call until it is right: "not connected".
      if (this.isClosed) return;
      this.retry = setTimeout(() => {
        void this.connect();
      }, retryMs);
      return;
    }
    if (this.isClosed) {
      await this.client.close();
      return;
    }
    this.isConnected = true;
    await Promise.all(
      this.subscriptions.map(({ channel, listener }) => this.subscribeNow(channel, listener)),
    );
    this.signal('up');
  }

  /** A subscription that fails is made again by the client when it reconnects; until then followers look by themselves. */
  private async subscribeNow(channel: string, listener: (message: string) => void): Promise<void> {
    try {
      await this.client.subscribe(channel, listener);
    } catch {
      this.signal('down');
    }
  }
}

function clientOf(address: RedisAddress, signal: (what: 'up' | 'down') => void): Client {
  const access = {
    username: address.username,
    password: address.password,
    disableOfflineQueue: true,
    pingInterval: pingMs,
  };
  const socket = {
    socketTimeout: silenceMs,
    connectTimeout: silenceMs,
    reconnectStrategy: reconnectInMs,
    ...(address.tls ? { tls: true as const } : {}),
  };
  if (address.kind === 'single') return singleClient(address, access, socket, signal);
  if (address.kind === 'sentinel') return sentinelClient(address, access, socket, signal);
  return clusterClient(address, access, socket, signal);
}

interface AccessOptions {
  username: string | undefined;
  password: string | undefined;
  disableOfflineQueue: boolean;
  pingInterval: number;
}

interface SocketOptions {
  socketTimeout: number;
  connectTimeout: number;
  reconnectStrategy: (retries: number) => number;
  tls?: true;
}

function singleClient(
  { node, database }: Extract<RedisAddress, { kind: 'single' }>,
  access: AccessOptions,
  socket: SocketOptions,
  signal: (what: 'up' | 'down') => void,
): Client {
  const client = createClient({ ...access, database, socket: { ...socket, ...node } });
  const subscriber = client.duplicate();
  for (const one of [client, subscriber]) {
    one.on('error', () => {
      signal('down');
    });
    one.on('ready', () => {
      signal('up');
    });
  }
  return {
    raw: client,
    isReady: () => client.isReady,
    send: (_key, args) => client.sendCommand(args),
    subscribe: (channel, listener) => subscriber.subscribe(channel, listener),
    connect: () => Promise.all([client.connect(), subscriber.connect()]),
    close: () => {
      for (const one of [client, subscriber]) if (one.isOpen) one.destroy();
    },
  };
}

function sentinelClient(
  address: Extract<RedisAddress, { kind: 'sentinel' }>,
  access: AccessOptions,
  socket: SocketOptions,
  signal: (what: 'up' | 'down') => void,
): Client {
  const sentinel = createSentinel({
    name: address.master,
    sentinelRootNodes: [...address.nodes],
    nodeClientOptions: { ...access, database: address.database, socket },
    sentinelClientOptions: { ...access, username: undefined, password: address.sentinelPassword, socket },
    // One master connection for all, kept: a commit and its WAIT must share it.
    reserveClient: true,
    masterPoolSize: 1,
    scanInterval: 2000,
    passthroughClientErrorEvents: false,
  });
  sentinel.on('error', () => {
    signal('down');
  });
  sentinel.on('client-error', () => {
    signal('down');
  });
  sentinel.on('topology-change', () => {
    signal('up');
  });
  return {
    raw: sentinel as RedisSentinelType,
    isReady: () => sentinel.isReady,
    send: (_key, args) => sentinel.sendCommand(false, args),
    subscribe: (channel, listener) => sentinel.subscribe(channel, listener),
    connect: () => sentinel.connect(),
    close: () => sentinel.destroy(),
  };
}

function clusterClient(
  address: Extract<RedisAddress, { kind: 'cluster' }>,
  access: AccessOptions,
  socket: SocketOptions,
  signal: (what: 'up' | 'down') => void,
): Client {
  const cluster = createCluster({
    rootNodes: address.nodes.map((node) => ({ socket: { ...node } })),
    defaults: { ...access, socket },
  });
  for (const event of ['error', 'node-error'])
    cluster.on(event, () => {
      signal('down');
    });
  cluster.on('node-ready', () => {
    signal('up');
  });
  return {
    raw: cluster,
    isReady: () => cluster.isOpen,
    send: (key, args) => cluster.sendCommand(key, false, args),
    subscribe: (channel, listener) => cluster.subscribe(channel, listener),
    connect: () => cluster.connect(),
    close: () => {
      if (cluster.isOpen) cluster.destroy();
    },
  };
}
