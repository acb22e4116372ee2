/**
 * Commits that came by message, in the order in which they came. One that continues what a follower knows spares it the read;
 * of every other it is only taken that something happened.
 */
import type { PushedCommit } from './Engine.js';
import { continues } from './load.js';
import type { SeenCommits } from './SeenCommits.js';
import type { CommitRef } from './Store.js';

/** So many wait for a read to end; it tells of more at once. */
const atMost = 100;

export class PushedCommits {
  private waiting: PushedCommit[] = [];
  private hasDropped = false;

  public constructor(private readonly seen: SeenCommits) {}

  public add(commit: PushedCommit): void {
    if (this.waiting.length >= atMost) this.drop();
    else this.waiting.push(commit);
  }

  /** The next one, if it continues `at`; undefined where none is left; `unclear` where only a read can tell what happened. */
  public next(at: CommitRef, lineage: string): PushedCommit | 'unclear' | undefined {
    for (let commit = this.waiting.shift(); commit !== undefined; commit = this.waiting.shift()) {
      if (this.isKnown(at, commit.head)) continue;
      if (this.follows(at, lineage, commit)) return commit;
      this.drop();
    }
    if (!this.hasDropped) return undefined;
    this.hasDropped = false;
    return 'unclear';
  }

  private isKnown(at: CommitRef, { seq, id }: CommitRef): boolean {
    return seq <= at.seq && this.seen.knows({ seq, id });
  }

  private follows(at: CommitRef, lineage: string, commit: PushedCommit): boolean {
    // Every empty state looks alike, and messages come from other databases of the same server, too.
    if (at.id === '' || commit.head.lineage !== lineage || !continues(at, commit)) return false;
    return !this.seen.contradicts(this.seen.mark(), commit.head, commit.entries);
  }

  /** What comes after a hole continues nothing. */
  private drop(): void {
    this.waiting = [];
    this.hasDropped = true;
  }
}
