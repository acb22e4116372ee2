/** Takes snapshots on schedule and on request, and keeps as many as are wanted. */
import { hostname } from 'node:os';
import { z } from 'zod';
import { snapshotFailed, snapshotsGoOn } from '../../alerts/wording/recovery.js';
import type { Card } from '../../alerts/Card.js';
import { asJson } from '../../alerts/noticeSchema.js';
import type { Clock } from '../../core/Clock.js';
import { newId } from '../../core/ids.js';
import { RolloutError } from '../../core/RolloutError.js';
import type { SnapshotSettings } from '../../deployments/file/DeploymentsFile.js';
import type { DocumentBody, Fence, Store, StoredDocument } from '../../state/Store.js';
import type { OpenFile } from '../../state/snapshotFile.js';
import type { SnapshotReason } from './names.js';
import { SnapshotFolder, type TakenSnapshot } from './SnapshotFolder.js';
import { bodyOf } from '../../state/committing/bodyOf.js';

export interface SnapshotKeeperOptions {
  readonly store: Pick<Store, 'snapshotParts' | 'commit' | 'getMany' | 'time'>;
  readonly settings: SnapshotSettings;
  readonly domainTime: Clock;
  readonly realTime: Clock;
  /** A test may give a disk that is full. */
  readonly open?: OpenFile;
}

/** `settings:snapshots` */
const snapshotsKey = 'snapshots';

/** After one that failed, ms of domain time. */
const retryMs = 10 * 60 * 1000;
/** How long the commit may be under way, ms of the store's time. */
const withinMs = 1_500;

export class SnapshotKeeper {
  public readonly folder: SnapshotFolder;
  /** One at a time: two would only slow each other down. */
  private taking: Promise<unknown> = Promise.resolve();

  public constructor(private readonly options: SnapshotKeeperOptions) {
    this.folder = new SnapshotFolder(options.settings.folder, options.open);
  }

  /**
   * Takes one now.
   *
   * @throws {SnapshotNotWritten} where the disk is full or refuses; nothing of it is left then. {@link Unavailable}
   */
  public take(why: SnapshotReason): Promise<TakenSnapshot> {
    const mine = this.taking.then(() => this.takeOne(why));
    this.taking = mine.catch(() => undefined);
    return mine;
  }

  /**
   * Takes the scheduled one where it is due: by what stands in state, so that leaders on several machines take one between
   * them. A disk that refuses is told to staff once, and tried again every ten minutes.
   *
   * @returns ms of domain time until the next is due; undefined where none is scheduled
   */
  public async turn(fence: Fence): Promise<number | undefined> {
    const { store, settings, domainTime } = this.options;
    if (settings.everyMs === 0) return undefined;
    const [document = null] = await store.getMany('settings', [snapshotsKey]);
    const wait = this.waitOf(read(document));
    if (wait > 0) return wait;
    const failed = read(document).failed;
    const at = domainTime.now();
    try {
      const { name, seq, bytes, sha256 } = await this.take('scheduled');
      const taken = { schema: 1, lastAt: at, name, seq, bytes, sha256, host: hostname(), failed: null };
      await this.note(fence, document, taken, failed === null ? [] : [snapshotsGoOn(name)]);
      return settings.everyMs;
    } catch (error) {
      if (!(error instanceof RolloutError) || error.code !== 'SNAPSHOT_NOT_WRITTEN') throw error;
      const { message, next: advice } = error;
      const body = { ...bodyOf(document ?? { schema: 1 }), failed: { at, problem: message } };
      await this.note(fence, document, body, failed === null ? [snapshotFailed(message, advice)] : []);
      return retryMs;
    }
  }

  private waitOf({ lastAt, failed }: Kept): number {
    const now = this.options.domainTime.now();
    const since = failed === null ? lastAt : failed.at;
    // A clock that was set back must not end the snapshots for years.
    if (since === null || since > now) return 0;
    return Math.max(0, since + (failed === null ? this.options.settings.everyMs : retryMs) - now);
  }

  private async takeOne(why: SnapshotReason): Promise<TakenSnapshot> {
    const { store, settings, domainTime, realTime } = this.options;
    const taken = await this.folder.write(store.snapshotParts(), domainTime.now(), why);
    await this.folder.tidy(settings.keep, realTime.now());
    return taken;
  }

  private async note(
    fence: Fence,
    document: StoredDocument | null,
    next: DocumentBody,
    cards: readonly Card[],
  ): Promise<void> {
    const { store } = this.options;
    await store.commit({
      op: newId(),
      notAfter: (await store.time()) + withinMs,
      fence,
      changes: [{ ns: 'settings', key: snapshotsKey, expect: document?.v ?? 0, next }],
      audit: [],
      outbox: cards.map((card) => asJson({ kind: 'snapshot', to: 'operations', card })),
    });
  }
}

/** What cannot be read counts as nothing taken yet: one snapshot too many harms nobody. */
const kept = z.object({
  lastAt: z.number().nullable().catch(null),
  failed: z.object({ at: z.number() }).nullable().catch(null),
});
type Kept = z.infer<typeof kept>;

function read(document: StoredDocument | null): Kept {
  return kept.parse({ lastAt: document?.['lastAt'] ?? null, failed: document?.['failed'] ?? null });
}
