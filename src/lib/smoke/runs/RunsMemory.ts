/** The runs of smoke tests as the change feed tells of them, and what tests of the store have left behind. */
import type { Clock } from '../../core/Clock.js';
import type { Follower, StoredDocument } from '../../state/Store.js';
import { probePrefix } from '../probes/probeStore.js';
import { readRun, runPrefix, type SmokeRunDocument } from './documents.js';

export class RunsMemory implements Follower {
  private readonly runs = new Map<string, SmokeRunDocument>();
  private readonly leftovers = new Map<string, { readonly v: number; readonly seenAt: number }>();

  /** @param clock real time */
  public constructor(private readonly clock: Clock) {}

  /** Newest first. */
  public list(): readonly SmokeRunDocument[] {
    return [...this.runs.values()].sort((a, b) => b.created.at - a.created.at || b.v - a.v);
  }

  /** By its key; undefined where there is none. */
  public get(id: string): SmokeRunDocument | undefined {
    return this.runs.get(id);
  }

  /** What a test of the store should have removed long ago. */
  public forgotten(olderThanMs: number): readonly { readonly key: string; readonly v: number }[] {
    const before = this.clock.now() - olderThanMs;
    return [...this.leftovers].flatMap(([key, { v, seenAt }]) => (seenAt < before ? [{ key, v }] : []));
  }

  public commits(commits: Parameters<Follower['commits']>[0]): void {
    for (const { documents } of commits)
      for (const { ns, key, document } of documents) if (ns === 'deployments') this.take(key, document);
  }

  public reload(...[{ documents }]: Parameters<Follower['reload']>): void {
    this.runs.clear();
    this.leftovers.clear();
    for (const [key, document] of documents.deployments) this.take(key, document);
  }

  public reachable(): void {
    // What is remembered is all there is to show meanwhile.
  }

  private take(key: string, document: StoredDocument | null): void {
    if (key.startsWith(probePrefix)) {
      if (document === null) this.leftovers.delete(key);
      else this.leftovers.set(key, { v: document.v, seenAt: this.clock.now() });
    } else if (key.startsWith(runPrefix)) {
      const id = key.slice(runPrefix.length);
      const read = document === null ? undefined : readRun(document);
      if (read === undefined) this.runs.delete(id);
      else this.runs.set(id, read);
    }
  }
}
