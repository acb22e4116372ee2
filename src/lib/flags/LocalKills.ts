/** What is off in this process alone: a rollback was pressed, and the store has not taken it yet. Gone with the process. */
import type { Stamp } from './documents.js';
import type { OffHere } from './world.js';

/** Stands for everything. */
const everything = '*';

export class LocalKills implements OffHere {
  public readonly flags = new Map<string, Stamp>();
  private readonly kills = new Map<symbol, { readonly what: string; readonly stamp: Stamp }>();

  /** @param moved told of each flag (null: everything) for which this has changed */
  public constructor(private readonly moved: (flag: string | null) => void) {}

  public get everything(): Stamp | undefined {
    return this.newest(everything);
  }

  /** @param flag null = everything. @returns lifts it again; safe to call twice */
  public add(flag: string | null, stamp: Stamp): () => void {
    const name = Symbol(flag ?? everything);
    this.kills.set(name, { what: flag ?? everything, stamp });
    this.settle(flag);
    return () => {
      if (this.kills.delete(name)) this.settle(flag);
    };
  }

  private settle(flag: string | null): void {
    const stamp = this.newest(flag ?? everything);
    if (flag !== null && stamp === undefined) this.flags.delete(flag);
    else if (flag !== null && stamp !== undefined) this.flags.set(flag, stamp);
    this.moved(flag);
  }

  private newest(what: string): Stamp | undefined {
    return [...this.kills.values()].filter((kill) => kill.what === what).at(-1)?.stamp;
  }
}
