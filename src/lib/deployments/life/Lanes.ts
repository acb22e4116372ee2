/** One after the other within a lane: two webhooks of one process need not refuse each other's commit. */
export class Lanes {
  private readonly ends = new Map<string, Promise<unknown>>();

  /** Runs `act` when everything of the lane that was begun before has ended, however it ended. */
  public run<T>(lane: string, act: () => Promise<T>): Promise<T> {
    const before = this.ends.get(lane) ?? Promise.resolve();
    const mine = before.then(act, act);
    this.ends.set(lane, mine);
    const leave = (): void => {
      if (this.ends.get(lane) === mine) this.ends.delete(lane);
    };
    mine.then(leave, leave);
    return mine;
  }
}
