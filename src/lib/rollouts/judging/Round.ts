/**
 * Once around all rollouts, in as many turns as it takes: a turn is kept short, so that whoever takes the lease over or stops the
 * bot need not wait for a hundred of them. What a turn leaves is looked at by the next one, which follows at once.
 */
export class Round {
  private left = new Set<string>();
  private beganAt = Number.NEGATIVE_INFINITY;

  /** Whether everyone was looked at, and nobody has more to do. */
  public get isOver(): boolean {
    return this.left.size === 0;
  }

  /**
   * Whom this turn looks at: what the one before left, or everyone where it left nothing. One that can never be finished keeps
   * nobody waiting: after the time of a round everyone is looked at again.
   *
   * @param now real time, ms
   * @param roundMs how often everyone is to be looked at
   */
  public begin(open: readonly string[], now: number, roundMs: number): readonly string[] {
    const due = open.filter((id) => this.left.has(id));
    this.left.clear();
    if (due.length > 0 && now - this.beganAt < roundMs) return due;
    this.beganAt = now;
    return open;
  }

  /** How long until everyone is to be looked at again, ms; turns in between that looked at a few put it off for nobody. */
  public restMs(now: number, roundMs: number): number {
    return Math.min(roundMs, Math.max(0, this.beganAt + roundMs - now));
  }

  /** The next turn has to look at this one, because it has more to do, there was no time for it, or something happened to it. */
  public leave(id: string): void {
    this.left.add(id);
  }
}
