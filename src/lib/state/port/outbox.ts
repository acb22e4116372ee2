/** The messages that go in with a commit, until they are delivered. */
import type { Json } from '../../core/Json.js';
import type { Fence } from './documents.js';

export interface OutboxEntry {
  /** `<seq>-<index>`: in commit order. */
  readonly id: string;
  readonly seq: number;
  /** Tells apart two entries that bear the same number after a failover. */
  readonly commitId: string;
  readonly at: number;
  readonly body: Json;
}

/** What became of an outbox entry. */
export type Settlement =
  | { readonly status: 'sent'; readonly channelId: string; readonly messageId: string }
  /** It stood for several notices, and has been replaced by them. */
  | { readonly status: 'expanded' }
  | { readonly status: 'parked'; readonly reason: string }
  | { readonly status: 'dropped'; readonly reason: string };

/** Messages that commits asked for and nobody has delivered yet. */
export interface Outbox {
  /** Oldest first; parked and settled entries are not among them. */
  pending(limit: number): Promise<readonly OutboxEntry[]>;
  settle(id: string, settlement: Settlement, fence: Fence): Promise<void>;
  /** What became of an entry; kept for 30 days. */
  settlement(id: string): Promise<Settlement | undefined>;
  parked(): Promise<readonly (OutboxEntry & { readonly reason: string })[]>;
  /** Puts parked entries back in line; answers how many. */
  unpark(fence: Fence): Promise<number>;
}
