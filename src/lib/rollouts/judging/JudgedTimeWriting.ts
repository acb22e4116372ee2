/**
 * The judged time of one turn on its way into the store: it goes in with the first rollout that is written, as one commit, or by
 * itself where none is. No rollout may be written with a later judged time than stands in the store.
 */
import type { DocumentChange } from '../../state/Store.js';

/** @param beside goes into the same commit. @returns the commit's sequence number */
type Commit = (beside: readonly DocumentChange[]) => Promise<number>;

export class JudgedTimeWriting {
  private isWritten = false;
  private underWay: Promise<void> | undefined;

  /** @param landed told of the commit that it went in with */
  public constructor(
    private readonly change: DocumentChange,
    private readonly landed: (seq: number) => void,
  ) {}

  /** Commits behind the judged time, or together with it. Throws what `commit` throws; whoever comes next tries then. */
  public async before(commit: Commit): Promise<void> {
    while (this.underWay !== undefined) await this.underWay;
    if (this.isWritten) {
      await commit([]);
      return;
    }
    const carrying = this.carry(commit);
    // Those that wait learn of a failure by their own try.
    this.underWay = carrying
      .catch(() => undefined)
      .finally(() => {
        this.underWay = undefined;
      });
    await carrying;
  }

  /** By itself, where it went in with nothing else. */
  public async finish(commit: Commit): Promise<void> {
    while (this.underWay !== undefined) await this.underWay;
    if (!this.isWritten) await this.carry(commit);
  }

  private async carry(commit: Commit): Promise<void> {
    this.landed(await commit([this.change]));
    this.isWritten = true;
  }
}
