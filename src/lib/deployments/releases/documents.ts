/** Which release of the bot answers, as it stands in state. */
import type { Stamp } from '../../flags/documents.js';

/** A handover that is under way. */
export interface Handover {
  readonly id: string;
  readonly to: string;
  readonly why: string;
  readonly by: Stamp;
  /** Store's time at which it was asked for. */
  readonly since: number;
}

/** `deployments:releases` */
export interface ReleasesDocument {
  readonly v: number;
  readonly schema: 1;
  /** The release whose processes answer, and since when: store's time T. Events whose snowflake is before T belong to `previous`. */
  readonly active: { readonly release: string; readonly since: number };
  /** Who answered before T; null at the first start. */
  readonly previous: string | null;
  readonly handover: Handover | null;
  /** Every release that was ever seen; one that was rolled back is never promoted by itself. */
  readonly known: Readonly<Record<string, { readonly firstSeen: number; readonly rolledBack: Stamp | null }>>;
}

export interface ReleasesRoom {
  readonly own: string;
  /** Undefined until state was loaded. */
  readonly document: ReleasesDocument | undefined;
  /** Does this process answer an event of this moment (ms since epoch, from its snowflake)? Synchronous, never throws. */
  answers(at: number): boolean;
  /**
   * Prepare, acknowledgements of every living process, then T = the store's now + 1 s in one commit. Idempotent.
   *
   * @throws NotNow where no living process runs that release, {@link HandoverFailed} naming who did not acknowledge
   */
  handOver(
    to: string,
    request: { readonly by: Stamp; readonly why: string; readonly marksRolledBack?: boolean },
    signal: AbortSignal,
  ): Promise<ReleasesDocument>;
}
