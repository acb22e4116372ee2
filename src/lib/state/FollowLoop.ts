/**
 * Keeps one follower up to date: by commits that come with a signal and continue what it knows, else by reading; it also looks
 * by itself every `pollMs`, one round at a time. A hole in the sequence, or a history that is not the one it followed, makes it
 * load everything anew.
 */
import type { Clock } from '../core/Clock.js';
import type { Engine, FeedEntry, Signal } from './Engine.js';
import { Unreadable } from './envelope.js';
import { Unavailable } from './errors.js';
import { continues, feedPage, loadAll } from './load.js';
import { PushedCommits } from './PushedCommits.js';
import { SeenCommits } from './SeenCommits.js';
import type {
  CommitRef,
  FeedCommit,
  Follower,
  Following,
  Namespace,
  ReloadCause,
  StoredDocument,
} from './Store.js';

export interface FollowOptions {
  readonly engine: Engine;
  readonly follower: Follower;
  /** Real time. */
  readonly clock: Clock;
  /** Told of what went wrong and is not the follower's to know. */
  readonly warn: (message: string, cause?: unknown) => void;
  /** Called when the store is found to have forgotten commits. */
  readonly onHistoryBroke: () => void;
}

/** How soon an unreachable store is tried again, ms. */
const retryMs = 500;

export class FollowLoop implements Following {
  public freshAt = 0;
  private at: CommitRef = { seq: 0, id: '' };
  private lineage = '';
  private hasLoaded = false;
  private isReachable: boolean | undefined;
  private isClosed = false;
  private round: Promise<void> | undefined;
  private wanted = false;
  private timer: NodeJS.Timeout | undefined;
  private unlisten: () => void = () => undefined;
  private readonly seen = new SeenCommits();
  private readonly pushed = new PushedCommits(this.seen);

  public constructor(private readonly options: FollowOptions) {}

  public get head(): CommitRef {
    return { seq: this.at.seq, id: this.at.id };
  }

  /** Resolves after the first attempt, reachable or not. */
  public async start(): Promise<void> {
    this.unlisten = this.options.engine.listen((signal) => {
      this.hear(signal);
    });
    await this.look();
  }

  /** A commit of this process: if the store ever denies it, that is noticed. */
  public note(ref: CommitRef): void {
    this.seen.note(ref);
  }

  public async close(): Promise<void> {
    this.isClosed = true;
    this.unlisten();
    clearTimeout(this.timer);
    await this.round;
  }

  private hear(signal: Signal): void {
    if (signal.is === 'down') {
      this.tellReachable(false);
      // Not at once: a call that fails signals this too, and would keep it turning.
      if (this.round === undefined) this.schedule();
    } else if (signal.is === 'moved' && signal.commit !== undefined && this.isReachable === true) {
      this.pushed.add(signal.commit);
      // A round that is under way takes it in at its end.
      if (this.round === undefined && !this.takePushed()) void this.look();
    } else if (signal.is !== 'lease') void this.look();
  }

  /** False where a read has to tell what happened. */
  private takePushed(): boolean {
    while (!this.isClosed) {
      const next = this.pushed.next(this.at, this.lineage);
      if (next === 'unclear') return false;
      if (next === undefined) return true;
      this.deliver(next.entries, next.documents);
    }
    return true;
  }

  /** One round at a time; a call during a round makes it go round once more. */
  private look(): Promise<void> {
    this.wanted = true;
    this.round ??= this.rounds().finally(() => {
      this.round = undefined;
    });
    return this.round;
  }

  private async rounds(): Promise<void> {
    while (this.wanted && !this.isClosed) {
      this.wanted = false;
      await this.oneRound();
      if (!this.takePushed()) this.wanted = true;
    }
    this.schedule();
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (this.isClosed) return;
    const { pollMs } = this.options.engine;
    this.timer = setTimeout(() => void this.look(), this.isReachable ? pollMs : Math.min(retryMs, pollMs));
    this.timer.unref();
  }

  private async oneRound(): Promise<void> {
    const asked = this.options.clock.now();
    try {
      if (this.hasLoaded) await this.catchUp();
      else await this.reload('start');
      this.freshAt = asked;
      this.tellReachable(true);
    } catch (error) {
      this.tellReachable(false);
      if (!(error instanceof Unavailable)) this.options.warn('The state could not be read.', error);
    }
  }

  private async catchUp(): Promise<void> {
    for (;;) {
      const mark = this.seen.mark();
      const changes = await this.options.engine.changes(this.at.seq, feedPage);
      const { head, entries } = changes;
      if (head.lineage !== this.lineage) return this.reload('restored');
      if (this.seen.contradicts(mark, head, entries)) return this.reload('lineage');
      if (!continues(this.at, changes))
        return this.reload(isOtherHistory(this.at, head, entries) ? 'lineage' : 'gap');
      if (entries.length > 0) this.deliver(entries, changes.documents);
      if (this.at.seq === head.seq || this.isClosed) return;
    }
  }

  private deliver(
    entries: readonly FeedEntry[],
    rows: readonly { readonly ns: Namespace; readonly key: string; readonly raw: string | null }[],
  ): void {
    const documents = new Map<string, StoredDocument | null>();
    for (const { ns, key, raw } of rows) {
      const document = raw === null ? null : this.options.engine.opened.open(ns, key, raw);
      // Whoever follows keeps the last good one; a load would name the damaged one too.
      if (document instanceof Unreadable)
        this.options.warn(`The document ${ns}:${key} is damaged. ${document.problem}`);
      else documents.set(`${ns}:${key}`, document);
    }
    const commits = entries.map(({ seq, id, at, keys }): FeedCommit => {
      this.seen.note({ seq, id });
      const changed = keys.flatMap(([ns, key]) => {
        const document = documents.get(`${ns}:${key}`);
        return document === undefined ? [] : [{ ns, key, document }];
      });
      return { seq, id, at, documents: changed };
    });
    this.at = commits.at(-1) ?? this.at;
    this.tell((follower) => {
      follower.commits(commits);
    });
  }

  private async reload(cause: ReloadCause): Promise<void> {
    const mark = this.seen.mark();
    const { head, state } = await loadAll(this.options.engine);
    const vanished = await this.vanished(cause, mark);
    this.hasLoaded = true;
    this.at = state.head;
    this.lineage = head.lineage;
    if (state.head.seq > 0) this.seen.note(state.head);
    const told = cause === 'gap' && vanished.length > 0 ? 'lineage' : cause;
    if (told === 'lineage') this.options.onHistoryBroke();
    if (this.isClosed) return;
    this.tell((follower) => {
      follower.reload(state, told, vanished);
    });
  }

  /** A restore replaces history on purpose: nothing is missed then. */
  private async vanished(cause: ReloadCause, mark: number): Promise<readonly CommitRef[]> {
    if (cause === 'start') return [];
    if (cause === 'restored') {
      this.seen.clear();
      return [];
    }
    return this.seen.takeVanished(mark, await this.options.engine.refs());
  }

  private tellReachable(isReachable: boolean): void {
    if (this.isReachable === isReachable || this.isClosed) return;
    this.isReachable = isReachable;
    this.tell((follower) => {
      follower.reachable(isReachable);
    });
  }

  /** A follower that throws must not stop the loop for good. */
  private tell(call: (follower: Follower) => void): void {
    try {
      call(this.options.follower);
    } catch (error) {
      this.options.warn('A follower of the state failed.', error);
    }
  }
}

/** True where the store's history cannot be the continuation of `at`; false where only the feed was trimmed. */
function isOtherHistory(at: CommitRef, head: CommitRef, entries: readonly FeedEntry[]): boolean {
  if (head.seq <= at.seq) return true;
  const next = entries[0];
  return next !== undefined && next.seq === at.seq + 1 && next.prev !== at.id;
}
