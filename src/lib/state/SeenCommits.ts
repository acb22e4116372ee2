/** The newest commits that this process knows to have happened: the witness against a store that forgot some. */
import type { FeedEntry } from './Engine.js';
import type { CommitRef } from './Store.js';

const kept = 10_000;

export class SeenCommits {
  /** By id, in the order they became known. */
  private readonly refs = new Map<string, CommitRef & { readonly mark: number }>();
  private readonly idBySeq = new Map<number, string>();
  private highest = 0;
  private marks = 0;
  private contradiction = false;

  public note({ seq, id }: CommitRef): void {
    const other = this.idBySeq.get(seq);
    if (other !== undefined && other !== id) this.contradiction = true;
    this.marks += 1;
    this.refs.set(id, { seq, id, mark: this.marks });
    this.idBySeq.set(seq, id);
    this.highest = Math.max(this.highest, seq);
    if (this.refs.size > kept) this.forgetOldest();
  }

  public knows({ seq, id }: CommitRef): boolean {
    return this.idBySeq.get(seq) === id;
  }

  /** A point in time: what is noted later cannot count against a read that began now. */
  public mark(): number {
    return this.marks;
  }

  /** True where a read that began at `mark` shows that the store no longer has a commit that was noted before. */
  public contradicts(mark: number, head: CommitRef, entries: readonly FeedEntry[]): boolean {
    if (this.contradiction) return true;
    if (entries.some(({ seq, id }) => (this.idBySeq.get(seq) ?? id) !== id)) return true;
    if (this.highest <= head.seq) return false;
    return [...this.refs.values()].some((ref) => ref.seq > head.seq && ref.mark <= mark);
  }

  /** Takes out and answers the commits that the store no longer has; `inStore` is its whole feed, oldest first. */
  public takeVanished(mark: number, inStore: readonly CommitRef[]): readonly CommitRef[] {
    const ids = new Set(inStore.map(({ id }) => id));
    // What is older than the feed was trimmed from it; that says nothing.
    const oldest = inStore[0]?.seq ?? 0;
    const vanished = [...this.refs.values()].filter(
      (ref) => ref.seq >= oldest && ref.mark <= mark && !ids.has(ref.id),
    );
    for (const ref of vanished) {
      this.refs.delete(ref.id);
      if (this.idBySeq.get(ref.seq) === ref.id) this.idBySeq.delete(ref.seq);
    }
    this.contradiction = false;
    this.highest = Math.max(0, ...this.idBySeq.keys());
    return vanished.map(({ seq, id }) => ({ seq, id })).sort((a, b) => a.seq - b.seq);
  }

  public clear(): void {
    this.refs.clear();
    this.idBySeq.clear();
    this.highest = 0;
    this.contradiction = false;
  }

  private forgetOldest(): void {
    const oldest = this.refs.values().next().value;
    if (oldest === undefined) return;
    this.refs.delete(oldest.id);
    if (this.idBySeq.get(oldest.seq) === oldest.id) this.idBySeq.delete(oldest.seq);
  }
}
