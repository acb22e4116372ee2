/** A dispatcher over a real embedded store and a fake Discord. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asJson } from '../../../../src/lib/alerts/noticeSchema.js';
import type { CardButton, Destination } from '../../../../src/lib/alerts/Card.js';
import type { DispatcherOptions } from '../../../../src/lib/alerts/dispatch/Delivery.js';
import { Dispatcher } from '../../../../src/lib/alerts/dispatch/Dispatcher.js';
import { newId } from '../../../../src/lib/core/ids.js';
import type { Json } from '../../../../src/lib/core/Json.js';
import type { Logger } from '../../../../src/lib/core/Logger.js';
import { openStore } from '../../../../src/lib/state/openStore.js';
import type { CommitReceipt, Fence, Lease, Store } from '../../../../src/lib/state/Store.js';
import { FakeDiscord } from './FakeDiscord.js';

/** Time that passes by itself and can be put forward. */
export class SkippingClock {
  private skipped = 0;

  public now(): number {
    return Date.now() + this.skipped;
  }

  public skip(ms: number): void {
    this.skipped += ms;
  }
}

/** Keeps what was logged, a line a call: `error text`. */
export class ListLogger implements Logger {
  public readonly lines: string[] = [];
  public debug = this.at('debug');
  public info = this.at('info');
  public warn = this.at('warn');
  public error = this.at('error');

  /** Lines that contain this. */
  public with(part: string): readonly string[] {
    return this.lines.filter((line) => line.includes(part));
  }

  private at(level: string): (...values: readonly unknown[]) => void {
    return (...values) => void this.lines.push([level, ...values.map(String)].join(' '));
  }
}

export interface House {
  readonly store: Store;
  readonly clock: SkippingClock;
  readonly discord: FakeDiscord;
  readonly logger: ListLogger;
  readonly dispatcher: Dispatcher;
  readonly fence: Fence;
  /** Another process takes the lease over, as after a crash or a freeze. */
  takeOver(): Promise<Fence>;
  /** Nobody holds the lease any more. */
  giveUp(): Promise<void>;
  another(options?: Partial<DispatcherOptions>): Dispatcher;
  /** One commit with these outbox bodies. */
  commit(...outbox: Json[]): Promise<CommitReceipt>;
  /** Turns and rests until what can be done is done. */
  work(dispatcher?: Dispatcher, fence?: Fence): Promise<void>;
  close(): Promise<void>;
}

export async function openHouse(options: Partial<DispatcherOptions> = {}): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollouts-dispatch-'));
  const clock = new SkippingClock();
  const store = await openStore({ dataDir, prefix: 'test', clock });
  const logger = new ListLogger();
  const discord = new FakeDiscord(clock);
  const leases: Lease[] = [];
  const lead = async (): Promise<Fence> => {
    await leases.at(-1)?.close();
    const lease = await store.lease('control', {
      owner: `process ${leases.length + 1}`,
      ttlMs: 600_000,
      onGained: () => undefined,
      onLost: () => undefined,
    });
    leases.push(lease);
    if (lease.fence === undefined) throw new Error('The lease is free, and was not given.');
    return lease.fence;
  };
  const another = (more: Partial<DispatcherOptions> = {}): Dispatcher =>
    new Dispatcher({ store, messenger: discord, clock, logger, random: () => 0.5, ...options, ...more });
  const dispatcher = another();
  const fence = await lead();
  return {
    store,
    clock,
    discord,
    logger,
    dispatcher,
    fence,
    takeOver: lead,
    giveUp: async () => leases.at(-1)?.close(),
    another,
    commit: async (...outbox) =>
      store.commit({
        op: newId(),
        notAfter: (await store.time()) + 5_000,
        changes: [],
        audit: [{ did: 'test' }],
        outbox,
      }),
    work: async (worker = dispatcher, as = fence) => {
      await worker.turn(as);
      await worker.idle();
    },
    close: async () => {
      for (const lease of leases) await lease.close();
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export function notice(title: string, to: Destination = 'operations', buttons?: readonly CardButton[]): Json {
  return asJson({ kind: 'test', to, card: { tone: 'info', title, ...(buttons && { buttons }) } });
}

/** The same store, with settling done by someone else. */
export function withSettle(store: Store, settle: Store['outbox']['settle']): Pick<Store, 'outbox' | 'time'> {
  const { outbox } = store;
  return {
    time: () => store.time(),
    outbox: {
      pending: (limit) => outbox.pending(limit),
      settlement: (id) => outbox.settlement(id),
      parked: () => outbox.parked(),
      unpark: (fence) => outbox.unpark(fence),
      settle,
    },
  };
}
