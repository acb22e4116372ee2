/** This process's copy of the room's documents, kept up to date by the store's change feed. */
import type { FeedCommit, Follower, LoadedState, Namespace, StoredDocument } from '../state/Store.js';
import type {
  CohortDocument,
  FlagDocument,
  FreezeDocument,
  GuildDocument,
  SwitchDocument,
} from './documents.js';
import type { DamagedDocument } from './FlagsRoom.js';
import { LocalKills } from './LocalKills.js';
import { readDocument, readFreeze } from './schemas.js';
import { freezeKey, type RoomDocuments, type RoomNamespace, switchKey, type World } from './world.js';

/** Told of each document that changed, after it did. */
export interface ReplicaWatcher {
  moved<Ns extends RoomNamespace>(
    ns: Ns,
    key: string,
    before: RoomDocuments[Ns] | undefined,
    after: RoomDocuments[Ns] | undefined,
  ): void;
  /** Everything anew. */
  reloaded(): void;
  /** What is off in this process alone has changed; null = everything. */
  offHereMoved(flag: string | null): void;
}

const roomNamespaces = ['flags', 'guilds', 'cohorts', 'settings'] as const;

export class FlagsReplica implements Follower, World {
  public flags = new Map<string, FlagDocument>();
  public guilds = new Map<string, GuildDocument>();
  public cohorts = new Map<string, CohortDocument>();
  public killSwitch: SwitchDocument | undefined;
  /** Decides what may be changed, never what is on. */
  public freeze: FreezeDocument | undefined;
  /** Grows with every change that was applied. */
  public generation = 0;
  /** False until a state was loaded, from the store or from the last snapshot. */
  public isLoaded = false;
  public readonly offHere: LocalKills;
  private isReachable = true;
  private unreachableSince: number | undefined;
  private readonly problems = new Map<string, DamagedDocument>();

  public constructor(
    public readonly servesFlags: boolean,
    private readonly realTime: { now(): number },
    private readonly watcher: ReplicaWatcher,
  ) {
    this.offHere = new LocalKills((flag) => watcher.offHereMoved(flag));
  }

  public commits(commits: readonly FeedCommit[]): void {
    for (const commit of commits) {
      for (const { ns, key, document } of commit.documents) this.adopt(ns, key, document, commit.seq);
    }
  }

  public reload(state: LoadedState): void {
    this.flags = new Map();
    this.guilds = new Map();
    this.cohorts = new Map();
    this.killSwitch = undefined;
    this.freeze = undefined;
    this.problems.clear();
    for (const problem of state.damaged) {
      if (isOfThisRoom(problem.ns, problem.key)) this.problems.set(`${problem.ns}:${problem.key}`, problem);
    }
    for (const ns of roomNamespaces) {
      for (const [key, document] of state.documents[ns]) {
        if (!isOfThisRoom(ns, key)) continue;
        const read = this.read(ns, key, document);
        if (read !== undefined) this.place(ns, key, read);
      }
    }
    this.adoptFreeze(state.documents.settings.get(freezeKey) ?? null, state.head.seq);
    this.isLoaded = true;
    this.generation++;
    this.watcher.reloaded();
  }

  public reachable(isReachable: boolean): void {
    if (this.isReachable === isReachable) return;
    this.isReachable = isReachable;
    this.unreachableSince = isReachable ? undefined : this.realTime.now();
  }

  /** Since when (real time) what is served here may not be the newest. */
  public get staleSince(): number | undefined {
    return this.unreachableSince;
  }

  public get damaged(): readonly DamagedDocument[] {
    return [...this.problems.values()];
  }

  public damage(ns: string, key: string): DamagedDocument | undefined {
    return this.problems.get(`${ns}:${key}`);
  }

  /**
   * Takes over a document as of a commit: from the feed, from this process's own commit before the feed brings it, or
   * from a conflict. What is older than what stands here already is passed over.
   */
  public adopt(ns: Namespace, key: string, document: StoredDocument | null, seq: number): void {
    if (ns === 'settings' && key === freezeKey) this.adoptFreeze(document, seq);
    if (!isOfThisRoom(ns, key)) return;
    const before = this.at(ns, key);
    if (before === undefined ? document === null : before.v >= (document?.v ?? seq)) return;
    const after = document === null ? undefined : this.read(ns, key, document);
    // A document that was damaged while this process runs keeps its last good value here.
    if (document !== null && after === undefined) return;
    if (document === null) this.problems.delete(`${ns}:${key}`);
    this.place(ns, key, after);
    this.generation++;
    this.watcher.moved(ns, key, before, after);
  }

  private adoptFreeze(document: StoredDocument | null, seq: number): void {
    if (this.freeze !== undefined && this.freeze.v >= (document?.v ?? seq)) return;
    const name = `settings:${freezeKey}`;
    this.problems.delete(name);
    if (document === null) this.freeze = undefined;
    else {
      const read = readFreeze(document);
      if ('document' in read) this.freeze = read.document;
      else this.problems.set(name, { ns: 'settings', key: freezeKey, problem: read.problem });
    }
    this.generation++;
  }

  private at<Ns extends RoomNamespace>(ns: Ns, key: string): RoomDocuments[Ns] | undefined;
  private at(ns: RoomNamespace, key: string): RoomDocuments[RoomNamespace] | undefined {
    return ns === 'settings' ? this.killSwitch : this[ns].get(key);
  }

  private place(ns: RoomNamespace, key: string, document: RoomDocuments[RoomNamespace] | undefined): void {
    if (ns === 'settings') this.killSwitch = document as SwitchDocument | undefined;
    else if (document === undefined) this[ns].delete(key);
    else (this[ns] as Map<string, RoomDocuments[RoomNamespace]>).set(key, document);
  }

  private read<Ns extends RoomNamespace>(
    ns: Ns,
    key: string,
    document: StoredDocument,
  ): RoomDocuments[Ns] | undefined {
    const name = `${ns}:${key}`;
    const read = readDocument(ns, key, document);
    if ('document' in read) {
      this.problems.delete(name);
      return read.document;
    }
    this.problems.set(name, { ns, key, problem: read.problem });
    return undefined;
  }
}

function isOfThisRoom(ns: Namespace, key: string): ns is RoomNamespace {
  return ns === 'settings' ? key === switchKey : roomNamespaces.some((own) => own === ns);
}
