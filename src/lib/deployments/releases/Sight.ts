/**
 * How far this process can see: which events it can attribute for certain.
 *
 * **Why each event is answered exactly once.** Whose an event is, is a function of its snowflake's moment and of the turns in
 * the document ({@link ownerAt}), the same in every process that knows the same turns. So all that matters is that nobody
 * decides on an event at or after T without knowing T.
 *
 * - T is committed only after every living process has acknowledged the prepared handover, that is, knows that a T is coming.
 * - The commit of T is refused by the store later than 500 ms after it was planned, and T is 1 s after that. So T is at
 *   least 500 ms after its commit. A prepared process that has read the document at the store's time `s`, and found no T in
 *   it, knows that T is later than `s` + 500 ms: it decides on events before that, and holds the others until it has read
 *   again (every 50 ms). One that loses the store reads nothing more, holds, and lets go: it stops answering.
 * - A process begins by saying that it lives, and reads the document after that. Either it was heard before the living
 *   were counted, and is waited for; or it reads what was prepared before they were counted.
 * - Snowflakes are made by Discord's clock, T by the store's. That they differ moves the cut, and it is the same cut for
 *   everybody; where Discord's is ahead, events of the moment are held until T is known.
 *
 * What remains: a process that cannot reach the store, and does not know that a handover was prepared, goes on answering as
 * the active one, since most often the store is away for all. Where it alone was cut off, the others stop waiting for it after
 * 30 s of silence, and until it is back events may be answered twice. Having been out of touch, it looks before it answers.
 */
import type { FeedCommit, Follower, LoadedState, StoredDocument } from '../../state/Store.js';
import { type ReleasesDocument, releasesKey } from './documents.js';
import { readReleases } from './schema.js';
import { ownerAt } from './turns.js';

/** T is planned so long after now, ms of the store's time. */
export const aheadMs = 1_000;
/** The commit of T is refused so long after it was planned, ms. */
export const plannedWithinMs = 500;

export class Sight implements Follower {
  public document: ReleasesDocument | undefined;
  /** Why the document in the store cannot be read; the last good one is followed meanwhile. */
  public problem: string | undefined;
  public isReachable = true;
  /** The document was as it is here until this moment of the store's time. */
  private until = Number.NEGATIVE_INFINITY;
  private waiting: (() => void)[] = [];

  /** @param changed called after every change of the document */
  public constructor(private readonly changed: () => void) {}

  /** Whose an event is, as far as is known; undefined where that cannot be known yet, or nothing is known at all. */
  public ownerAt(at: number, shard?: string): string | undefined {
    return this.document === undefined || !this.canTell(at) ? undefined : ownerAt(this.document, at, shard);
  }

  /** False while a handover is prepared whose moment may lie before `at`. */
  public canTell(at: number): boolean {
    return (this.document?.handover ?? null) === null || at < this.until + aheadMs - plannedWithinMs;
  }

  /** Resolves when more is known than now. */
  public moved(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** The document was read, or written, at this moment of the store's time at the earliest. */
  public saw(document: ReleasesDocument | undefined, at: number): void {
    const isOlder = document !== undefined && document.v < (this.document?.v ?? 0);
    if (!isOlder) this.place(document);
    this.reached(at);
  }

  public commits(commits: readonly FeedCommit[]): void {
    for (const { documents } of commits) {
      for (const { ns, key, document } of documents)
        if (ns === 'deployments' && key === releasesKey) this.adopt(document);
    }
    this.reached(commits.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
  }

  /** Whatever its version: a restore may have brought an older one. One that cannot be read leaves the last good one standing. */
  public reload({ documents, damaged, at }: LoadedState): void {
    this.until = Number.NEGATIVE_INFINITY;
    const unreadable = damaged.find(({ ns, key }) => ns === 'deployments' && key === releasesKey);
    const stored = documents.deployments.get(releasesKey);
    const read = stored === undefined ? { document: undefined } : readReleases(stored);
    if (unreadable !== undefined) this.problem = unreadable.problem;
    else if ('problem' in read) this.problem = read.problem;
    else this.place(read.document, true);
    this.reached(at);
  }

  public reachable(isReachable: boolean): void {
    this.isReachable = isReachable;
    this.wake();
  }

  private adopt(stored: StoredDocument | null): void {
    const read = stored === null ? { document: undefined } : readReleases(stored);
    if ('problem' in read) this.problem = read.problem;
    else if (read.document === undefined || read.document.v >= (this.document?.v ?? 0))
      this.place(read.document);
  }

  private place(document: ReleasesDocument | undefined, isOtherHistory = false): void {
    const isNew = isOtherHistory || document?.v !== this.document?.v;
    this.problem = undefined;
    this.document = document;
    if (isNew) this.changed();
  }

  private reached(at: number): void {
    this.until = Math.max(this.until, at);
    this.wake();
  }

  private wake(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
