import type { Changes, Engine, EngineHead, FeedEntry, Signal } from '../../../src/lib/state/Engine.js';
import { Unavailable } from '../../../src/lib/state/errors.js';

/** A database in memory whose feed a test may trim and whose history it may rewrite. */
export class MemoryFeed {
  public lineage = '';
  public isAway = false;
  /** How often somebody read what changed. */
  public reads = 0;
  /** Resolves reads; undefined: they are answered at once. */
  public gate: Promise<void> | undefined;
  public feed: FeedEntry[] = [];
  private readonly listeners = new Set<(signal: Signal) => void>();
  public readonly engine = {
    pollMs: 60_000,
    head: async () => this.head(),
    keys: async function* () {},
    read: async () => [],
    refs: async () => this.feed,
    changes: async (after: number, limit: number): Promise<Changes> => {
      this.reads += 1;
      const answer = this.since(after, limit);
      await this.gate;
      if (this.isAway) throw new Unavailable('away', 'none');
      return answer;
    },
    listen: (listener: (signal: Signal) => void) => {
      this.listeners.add(listener);
      return () => this.listeners.delete(listener);
    },
  } as Partial<Engine> as Engine;

  public commit(count = 1, branch = ''): void {
    for (let n = 0; n < count; n += 1) {
      const { seq, id } = this.head();
      this.feed.push({ seq: seq + 1, id: `${branch}${seq + 1}`, prev: id, at: 0, keys: [] });
    }
  }

  /** The newest commit as a message that brings it along. */
  public message(): Signal {
    const { seq } = this.head();
    return { is: 'moved', commit: this.since(seq - 1, 1) };
  }

  public signal(signal: Signal = { is: 'moved' }): void {
    for (const listener of this.listeners) listener(signal);
  }

  private since(after: number, limit: number): Changes {
    const entries = this.feed.filter(({ seq }) => seq > after).slice(0, limit);
    return { head: this.head(), entries, documents: [] };
  }

  private head(): EngineHead {
    const last = this.feed.at(-1);
    return { seq: last?.seq ?? 0, id: last?.id ?? '', at: 0, lineage: this.lineage };
  }
}
