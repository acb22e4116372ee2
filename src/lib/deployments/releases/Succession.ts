/** What the leader sees to by itself: that a handover goes on, and that somebody answers where the active release is gone. */
import type { Clock } from '../../core/Clock.js';
import type { Presence } from '../../presence/Presence.js';
import { aliveMs, type ProcessPresence } from '../../presence/PresenceRoom.js';
import { Conflict } from '../../state/errors.js';
import { shardsOf } from './coverage.js';
import type { AnsweringTurn, ReleasesDocument } from './documents.js';
import type { HandingOver, Wish } from './HandingOver.js';
import type { ReleasesState } from './ReleasesState.js';
import { aheadMs } from './Sight.js';
import { earliest, isRolledBack, ownerAt, stoodIn } from './turns.js';

export interface SuccessionOptions {
  readonly state: ReleasesState;
  readonly handingOver: HandingOver;
  readonly presence: Pick<Presence, 'everyone'>;
  /** Domain time, for stamps. */
  readonly clock: Clock;
}

export class Succession {
  /** When the active release was heard last, store's time, as far as this leader knows. */
  private heard: { readonly release: string; readonly at: number } | undefined;

  public constructor(private readonly options: SuccessionOptions) {}

  /** A new leader counts anew. */
  public forget(): void {
    this.heard = undefined;
  }

  /** @returns whether something was begun that wants another look at once. Throws Unavailable, Damaged. */
  public async turn(): Promise<boolean> {
    const { state, presence } = this.options;
    const { now, document } = await state.look();
    if (document === undefined || document.handover !== null) return document !== undefined;
    const everyone = await presence.everyone();
    const living = everyone.filter(({ at }) => now - at < aliveMs);
    try {
      const wish = this.heir(document, everyone, living, now);
      if (wish !== undefined) {
        await this.options.handingOver.ask(document, wish, now);
        return true;
      }
      await this.standIn(document, living);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return true;
    }
    return false;
  }

  private heir(
    document: ReleasesDocument,
    everyone: readonly ProcessPresence[],
    living: readonly ProcessPresence[],
    now: number,
  ): Wish | undefined {
    const { active, known } = document;
    const by = { by: 'system:releases', at: this.options.clock.now() };
    const rank = ({ release }: ProcessPresence): number =>
      isRolledBack(document, release) ? -1 : (known[release]?.firstSeen ?? Number.POSITIVE_INFINITY);
    const [best] = living
      .filter(({ release }) => release !== active.release)
      .sort((one, other) => rank(other) - rank(one));
    if (this.isSilent(active.release, everyone, now)) {
      const why = `Nothing was heard of ${active.release} for 30 s.`;
      return best && { to: best.release, by, why };
    }
    const isLastResort = isRolledBack(document, active.release);
    // What was not there when the last resort was taken: a release that nobody rolled back.
    if (!isLastResort || best === undefined || rank(best) < 0) return undefined;
    return { to: best.release, by, why: `${active.release} was rolled back, and ${best.release} was not.` };
  }

  private isSilent(release: string, everyone: readonly ProcessPresence[], now: number): boolean {
    const before = this.heard?.release === release ? this.heard.at : undefined;
    const last = Math.max(
      ...everyone.filter((one) => one.release === release).map(({ at }) => at),
      before ?? Number.NEGATIVE_INFINITY,
    );
    // It may have said goodbye just before this leader looked for the first time.
    const at = Number.isFinite(last) ? last : now;
    this.heard = { release, at };
    return now - at >= aliveMs;
  }

  /**
   * Where processes are replaced one after the other, the first new one has the shard of an old one that is gone, long before
   * the new release is complete. It answers there meanwhile; and where the active release comes back, that answers again.
   */
  private async standIn(document: ReleasesDocument, living: readonly ProcessPresence[]): Promise<void> {
    const { active, known } = document;
    const actives = living.filter(({ release }) => release === active.release);
    const arriving = living.filter(({ release }) => known[release] === undefined);
    const served = shardsOf(actives);
    const counts = new Set(actives.map(({ shardCount }) => shardCount));
    const planned = await this.options.state.time();
    const since = Math.max(planned + aheadMs, earliest(document));
    const turns: AnsweringTurn[] = [];
    for (const shard of shardsOf(living)) {
      const owner = ownerAt(document, Number.POSITIVE_INFINITY, shard);
      if (served.has(shard)) {
        if (owner !== active.release) turns.push({ release: active.release, since, shard });
        continue;
      }
      const heir = arriving.find((one) => counts.has(one.shardCount) && shardsOf([one]).has(shard));
      const isAnswered = living.some((one) => one.release === owner && shardsOf([one]).has(shard));
      if (heir !== undefined && !isAnswered) turns.push({ release: heir.release, since, shard });
    }
    if (turns.length === 0) return;
    const said = turns.map(({ release, shard }) => `${release} answers in shard ${shard ?? ''}`).join(', ');
    await this.options.state.write(document, stoodIn(document, turns), {
      title: said,
      by: { id: 'system:releases', name: 'releases' },
      reason: 'The process that answered there is gone, or is back.',
    });
  }
}
