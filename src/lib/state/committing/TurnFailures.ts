/** A turn of the lease holder over many: one that nobody can look after holds no other back, and is told of at the end. */
import { Conflict, Fenced, Unavailable } from '../errors.js';

export class TurnFailures {
  private readonly failures: unknown[] = [];

  /**
   * @returns undefined where it is to be looked at again soon: it failed, or someone changed it in this moment
   * @throws Fenced, Unavailable: nothing more can be done in this turn
   */
  public async apart<T>(look: () => Promise<T>): Promise<T | undefined> {
    try {
      return await look();
    } catch (error) {
      if (error instanceof Fenced || error instanceof Unavailable) throw error;
      // Someone changed it in this moment: the next look sees what they did.
      if (!(error instanceof Conflict)) this.failures.push(error);
      return undefined;
    }
  }

  /** @param what `rollbacks`. @throws AggregateError where something failed, with the first of the reasons */
  public end(what: string): void {
    if (this.failures.length === 0) return;
    const [first] = this.failures;
    const why = first instanceof Error ? first.message : String(first);
    throw new AggregateError(
      this.failures,
      `${this.failures.length} ${what} could not be looked after: ${why}`,
    );
  }
}
