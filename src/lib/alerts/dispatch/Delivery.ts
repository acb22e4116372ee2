/** What one leadership delivers: lanes by destination find out the channel, lanes by channel send. Ended with the leadership. */
import type { Clock } from '../../core/Clock.js';
import type { Logger } from '../../core/Logger.js';
import { Fenced } from '../../state/errors.js';
import type { Fence, OutboxEntry, Settlement, Store } from '../../state/Store.js';
import type { Destination, Notice } from '../Card.js';
import type { Messenger } from '../Messenger.js';
import { kindOf, readNotice } from '../noticeSchema.js';
import { reference } from '../reference.js';
import { Lane, type LaneOptions, type Work } from './Lane.js';
import { Storm } from '../storms/Storm.js';
import { foldedNotice } from '../storms/foldedNotice.js';
import { deliver } from './deliver.js';
import { note, type Noting } from './Noting.js';

/** Replaces one entry that stands for many notices by these, exactly once. */
export type Expand = (entry: OutboxEntry, fence: Fence) => Promise<void>;

export interface DispatcherOptions {
  readonly store: Pick<Store, 'outbox' | 'time'>;
  readonly messenger: Messenger;
  /** Real time. */
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0 ≤ n < 1, for the jitter. */
  readonly random?: () => number;
  /** Kinds of entries that are no notices themselves. */
  readonly expansions?: Readonly<Record<string, Expand>>;
  /** Notices that others are told of, too: they are replaced by their copies. */
  readonly routing?: { readonly applies: (notice: Notice) => boolean; readonly expand: Expand };
  readonly urgents?: Noting;
  /** Beyond so many messages a minute in one channel the rest are told together. @default no limit */
  readonly messagesAMinute?: number;
}

/** How many entries are taken up beyond those already on their way. */
const batch = 500;
/** With so many under way, more are taken up only now and then, ms. */
const crowded = 500;
const crowdedEveryMs = 1_000;

export class Delivery {
  /** Set when another process leads; nothing is sent or written from then on. */
  public fenced: Fenced | undefined;
  private isOver = false;
  private wantsUnparking = false;
  private readonly lanes = new Map<string, Lane>();
  private readonly storms = new Map<string, Storm>();
  private lookedAt = Number.NEGATIVE_INFINITY;
  /** The ids of entries on their way. */
  private readonly held = new Set<string>();
  private settledMeanwhile = new Set<string>();
  private storeAheadMs = 0;

  public constructor(
    private readonly options: DispatcherOptions,
    private readonly fence: Fence,
  ) {}

  /** True once after a channel that had been given up took a message. */
  public takeUnparkingWish(): boolean {
    const wish = this.wantsUnparking;
    this.wantsUnparking = false;
    return wish;
  }

  /** Takes up what is new in the outbox and starts every lane that may go. */
  public async look(): Promise<void> {
    const { store, clock } = this.options;
    // In a storm every commit asks for a look, and each look reads all that waits.
    if (this.held.size < crowded || clock.now() - this.lookedAt >= crowdedEveryMs) {
      this.lookedAt = clock.now();
      // What is settled while the list is being read may still stand in it.
      this.settledMeanwhile = new Set();
      const pending = await store.outbox.pending(this.held.size + batch);
      const fresh = pending.filter(({ id }) => !this.held.has(id) && !this.settledMeanwhile.has(id));
      if (fresh.length > 0) this.storeAheadMs = (await store.time()) - clock.now();
      for (const entry of fresh) this.take(entry);
    }
    for (const [channelId, storm] of this.storms) if (storm.isForgettable) this.storms.delete(channelId);
    for (const [key, lane] of this.lanes) {
      if (lane.isForgettable) this.lanes.delete(key);
      else lane.go();
    }
  }

  /** Resolves when no lane is at work. */
  public async idle(): Promise<void> {
    // A lane that ends may have set another one going.
    while ([...this.lanes.values()].some((lane) => lane.isWorking)) await this.restOfLanes();
  }

  /** Nothing is begun from now on. */
  public stop(): void {
    this.isOver = true;
  }

  /** The same; resolves when nothing is in flight. */
  public async end(): Promise<void> {
    this.stop();
    await this.restOfLanes();
  }

  private async restOfLanes(): Promise<void> {
    await Promise.all([...this.lanes.values()].map((lane) => lane.rest()));
  }

  private take(entry: OutboxEntry): void {
    this.held.add(entry.id);
    const { expansions = {} } = this.options;
    const kind = kindOf(entry.body) ?? '';
    const expand = Object.hasOwn(expansions, kind) ? expansions[kind] : undefined;
    if (expand !== undefined) return this.expand('expansion', 'many guilds', entry, expand);
    const notice = readNotice(entry.body);
    if ('problem' in notice) this.parkDamaged(entry);
    else if (this.isRouted(notice)) this.route(entry);
    else this.address(entry, notice);
  }

  private isRouted(notice: Notice): boolean {
    return notice.origin === undefined && this.options.routing?.applies(notice) === true;
  }

  private route(entry: OutboxEntry): void {
    const { routing } = this.options;
    if (routing !== undefined) this.expand('routing', 'several places', entry, routing.expand);
  }

  private expand(key: string, name: string, entry: OutboxEntry, expand: Expand): void {
    const lane = this.lane(key, name, async (work) => {
      await expand(work.entry, this.fence);
      return { status: 'expanded' };
    });
    lane.add({ entry, notice: undefined, faults: 0 });
  }

  private parkDamaged(damaged: OutboxEntry): void {
    const lane = this.lane('damaged', 'nowhere', async ({ entry }) => {
      const read = readNotice(entry.body);
      const problem = 'problem' in read ? read.problem : 'unreadable';
      this.options.logger.error(
        `Notice ${reference(entry)} (${entry.id}) is parked: its text in the store is damaged (${problem}).`,
      );
      return { status: 'parked', reason: `damaged: ${problem}` };
    });
    lane.add({ entry: damaged, notice: undefined, faults: 0 });
  }

  /** Finds out the channel; from there on the entry is that channel's. */
  private address(entry: OutboxEntry, notice: Notice): void {
    const { to } = notice;
    const name = nameOf(to);
    const lane = this.lane(`to ${name}`, name, async (work) => {
      const channelId = await this.options.messenger.resolve(to);
      const channel = this.channel(channelId, name);
      channel.add({ ...work });
      channel.go();
      return undefined;
    });
    lane.add({ entry, notice, faults: 0 });
  }

  private channel(channelId: string, name: string): Lane {
    const { messagesAMinute, clock } = this.options;
    const storm =
      messagesAMinute === undefined
        ? undefined
        : {
            limit: this.storm(channelId, clock, messagesAMinute),
            fold: (works: readonly Work[]) => this.sendFolded(channelId, works),
          };
    return this.lane(`channel ${channelId}`, name, (handed) => this.send(channelId, handed), storm);
  }

  /** Outlives its lane, which is forgotten as soon as it is empty. */
  private storm(channelId: string, clock: Clock, messagesAMinute: number): Storm {
    const known = this.storms.get(channelId) ?? new Storm(clock, messagesAMinute);
    this.storms.set(channelId, known);
    return known;
  }

  /** Bears the reference of the first of them. */
  private async sendFolded(channelId: string, works: readonly Work[]): Promise<Settlement> {
    const all = works.flatMap(({ entry, notice }) => (notice === undefined ? [] : [{ entry, notice }]));
    const [first] = all;
    if (first === undefined) throw new TypeError('Nothing is to be told together.');
    for (const { entry, notice } of all) await note(this.options.urgents, entry, notice, this.fence);
    if (all.length === 1) return this.post(channelId, first.entry, first.notice);
    return this.post(channelId, first.entry, foldedNotice(all.map(({ notice }) => notice)));
  }

  private async send(channelId: string, { entry, notice }: Work): Promise<Settlement | undefined> {
    if (notice === undefined) return undefined;
    await note(this.options.urgents, entry, notice, this.fence);
    return this.post(channelId, entry, notice);
  }

  private async post(channelId: string, entry: OutboxEntry, notice: Notice): Promise<Settlement> {
    const { messenger, clock } = this.options;
    const storeNow = clock.now() + this.storeAheadMs;
    const sent = await deliver(messenger, channelId, entry, notice, storeNow);
    return { status: 'sent', channelId: sent.channelId, messageId: sent.messageId };
  }

  /** The lane of that key; `handle` serves every entry of it, so it may know only what they have in common. */
  private lane(
    key: string,
    name: string,
    handle: (work: Work) => Promise<Settlement | undefined>,
    storm?: LaneOptions['storm'],
  ): Lane {
    const known = this.lanes.get(key);
    if (known !== undefined) return known;
    const { clock, logger, random = Math.random } = this.options;
    const lane = new Lane({
      name,
      clock,
      logger,
      random,
      handle,
      ...(storm && { storm }),
      settle: (work, settlement) => this.settle(work, settlement),
      mayAct: () => !this.isOver && this.fenced === undefined,
      onReopened: () => {
        this.wantsUnparking = true;
      },
    });
    this.lanes.set(key, lane);
    return lane;
  }

  private async settle({ entry }: Work, settlement: Settlement): Promise<void> {
    try {
      await this.options.store.outbox.settle(entry.id, settlement, this.fence);
    } catch (error) {
      if (error instanceof Fenced) this.fenced = error;
      throw error;
    }
    this.held.delete(entry.id);
    this.settledMeanwhile.add(entry.id);
  }
}

function nameOf(to: Destination): string {
  if (typeof to === 'string') return `#${to}`;
  if ('webhook' in to) return `webhook ${to.webhook}`;
  return 'channel' in to ? `channel ${to.channel}` : `direct messages of ${to.user}`;
}
