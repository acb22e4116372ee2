/** What a rollout leaves behind is removed in time: its baseline a day after its end, its evidence and ticks after thirty. */
import { newId, type RandomBytes } from '../../core/ids.js';
import type { Clock } from '../../core/Clock.js';
import type { HealthRecords } from '../../health/recording/HealthRecords.js';
import { Conflict } from '../../state/errors.js';
import type { DocumentChange, Fence, Store } from '../../state/Store.js';
import type { RolloutDocument } from '../documents.js';
import { evidenceKey, ticksKey } from '../keys.js';
import type { RolloutsReplica } from '../RolloutsReplica.js';

export interface ForgettingOptions {
  readonly store: Store;
  readonly replica: RolloutsReplica;
  readonly records: Pick<HealthRecords, 'forgetBaseline'>;
  /** Domain time. */
  readonly clock: Clock;
  readonly random: RandomBytes;
}

const dayMs = 86_400_000;
const baselineMs = dayMs;
const evidenceMs = 30 * dayMs;
/** After a long time away there may be many; the judge comes first, and the next turn goes on. */
const mostATurn = 20;
const withinMs = 1_400;

export class Forgetting {
  /** Rollouts whose baseline this process has removed; another one does it once more, which changes nothing. */
  private readonly withoutBaseline = new Set<string>();

  /** @param forgotten told of every rollout whose baseline is gone */
  public constructor(
    private readonly options: ForgettingOptions,
    private readonly forgotten: (id: string) => void = () => undefined,
  ) {}

  public async turn(fence: Fence): Promise<void> {
    const { replica, clock } = this.options;
    const now = clock.now();
    let left = mostATurn;
    for (const document of replica.rollouts.values()) {
      if (left === 0) return;
      if (await this.forget(document, now, fence)) left--;
    }
  }

  /** @returns true where there was something to forget */
  private async forget({ id, ended }: RolloutDocument, now: number, fence: Fence): Promise<boolean> {
    if (ended === null || now - ended.at < baselineMs) return false;
    const changes = this.documents(id);
    const isOld = now - ended.at >= evidenceMs;
    // The baseline goes first: where no documents are left, it is known to be gone.
    const hasBaseline = !this.withoutBaseline.has(id) && (changes.length > 0 || !isOld);
    if (hasBaseline) {
      await this.options.records.forgetBaseline(id);
      this.withoutBaseline.add(id);
      this.forgotten(id);
    }
    if (!isOld || changes.length === 0) return hasBaseline;
    await this.remove(changes, fence);
    return true;
  }

  private documents(id: string): readonly DocumentChange[] {
    const { replica } = this.options;
    const found = [
      { key: evidenceKey(id), v: replica.evidence.get(id)?.v },
      ...replica.daysOf(id).map((day) => ({ key: ticksKey(id, day), v: replica.ticksOn(id, day)?.v })),
    ];
    return found.flatMap(({ key, v }) =>
      v === undefined ? [] : [{ ns: 'rollouts' as const, key, expect: v, next: null }],
    );
  }

  private async remove(changes: readonly DocumentChange[], fence: Fence): Promise<void> {
    const { store, replica, random } = this.options;
    try {
      const { seq } = await store.commit({
        op: newId(20, random),
        notAfter: (await store.time()) + withinMs,
        fence,
        changes,
        audit: [],
        outbox: [],
      });
      for (const { ns, key } of changes) replica.adopt(ns, key, null, seq);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // It is not as it was known here: the next turn looks at it as it is.
      const { ns, key, current } = error;
      replica.adopt(ns, key, current, current?.v ?? Number.MAX_SAFE_INTEGER);
    }
  }
}
