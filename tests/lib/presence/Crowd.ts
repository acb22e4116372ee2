/** Several processes on one state, each with a store, a presence and a feed of its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from '../../../src/lib/core/Json.js';
import { Presence } from '../../../src/lib/presence/Presence.js';
import type { Following, Store } from '../../../src/lib/state/Store.js';
import type { Ground } from '../../contract/ground.js';

export interface Member {
  readonly store: Store;
  readonly presence: Presence;
  readonly following: Following;
  /** As if killed: it says nothing any more, and takes nothing back. */
  die(): Promise<void>;
}

export class Crowd {
  /** Added to the store's own clock (embedded state only). */
  public aheadMs = 0;
  public readonly errors: unknown[] = [];
  private readonly stores: Store[] = [];

  public constructor(
    private readonly ground: Ground,
    private readonly prefix: string,
  ) {}

  public async join(
    process: string,
    {
      release = '1.0.0',
      answers = {},
    }: { release?: string; answers?: Record<string, (body: Json) => Json> } = {},
  ): Promise<Member> {
    const store = await this.ground.open(this.prefix, { clock: { now: () => Date.now() + this.aheadMs } });
    this.stores.push(store);
    const presence = new Presence({
      store,
      process,
      release,
      serves: () => ({ guilds: 3, shards: [0], shardCount: 1 }),
      realTime: { now: () => Date.now() },
      logger: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: (...values) => this.errors.push(...values),
      },
      pause: sleep,
    });
    for (const [kind, answerer] of Object.entries(answers)) presence.answer(kind, answerer);
    const following = await store.follow(presence.follower);
    await presence.turn();
    return { store, presence, following, die: () => following.close() };
  }

  public async close(): Promise<void> {
    for (const store of this.stores) await store.close();
  }
}
