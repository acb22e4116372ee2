/** Which release of the bot answers, as it stands in state. */
import type { Stamp } from '../../flags/documents.js';

export const releasesKey = 'releases';

/** A handover that is under way. */
export interface Handover {
  readonly id: string;
  readonly to: string;
  readonly why: string;
  readonly by: Stamp;
  /** Store's time at which it was asked for. */
  readonly since: number;
}

/** From `since` on (store's time) this release answers. */
export interface AnsweringTurn {
  readonly release: string;
  readonly since: number;
  /** The only shard it is about (`3/16`), where another release stands in for a process that is gone; null = all. */
  readonly shard: string | null;
}

/** `deployments:releases` */
export interface ReleasesDocument {
  readonly v: number;
  readonly schema: 1;
  /** The release whose processes answer, and since when: store's time T. Events whose snowflake is before T belong to who answered then. */
  readonly active: { readonly release: string; readonly since: number };
  /** Who answered before T; null at the first start. */
  readonly previous: string | null;
  /** Who answered when: oldest first, the newest 64. The last one for all shards is `active`. */
  readonly turns: readonly AnsweringTurn[];
  readonly handover: Handover | null;
  /** Every release that ever answered; one that was rolled back is never promoted by itself. `firstSeen` in the store's time. */
  readonly known: Readonly<Record<string, { readonly firstSeen: number; readonly rolledBack: Stamp | null }>>;
}

export interface ReleasesRoom {
  readonly own: string;
  /** Undefined until state was loaded. */
  readonly document: ReleasesDocument | undefined;
  /**
   * Does this process answer an event of this moment (ms since epoch, from its snowflake)? Synchronous, never throws.
   *
   * @param shard `3/16`, the event's; undefined = any
   */
  answers(at: number, shard?: string): boolean;
  /**
   * The same for whoever can wait: where this process cannot know yet, because a handover is being prepared, it resolves as
   * soon as it can, at most after 1.5 s (then: false).
   */
  decide(at: number, shard?: string): boolean | Promise<boolean>;
  /**
   * Prepare, acknowledgements of every living process, then T = the store's now + 1 s in one commit. Idempotent. Where it
   * throws after it began, the handover stays and is carried on by whoever leads.
   *
   * @throws {NotNow} where no living process runs that release, or some shards would have nobody · {@link HandoverFailed}
   *   naming who did not acknowledge · Unavailable
   */
  handOver(
    to: string,
    request: { readonly by: Stamp; readonly why: string; readonly marksRolledBack?: boolean },
    signal: AbortSignal,
  ): Promise<ReleasesDocument>;
}
