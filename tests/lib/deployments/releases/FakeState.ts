/** A store in memory with what presence and releases ask of one, and a view of it for each process: with a lag, or cut off. */
import { Conflict, TooLate, Unavailable } from '../../../../src/lib/state/errors.js';
import type {
  Blobs,
  Commit,
  CommitReceipt,
  FeedCommit,
  Follower,
  LoadedState,
  OwnedBlob,
  Store,
  StoredDocument,
} from '../../../../src/lib/state/Store.js';
import type { FakeTime } from './FakeTime.js';

type View = Pick<Store, 'blobs' | 'commit' | 'getMany' | 'time'>;

export class FakeState {
  public readonly commits: { readonly commit: Commit; readonly at: number }[] = [];
  private readonly documents = new Map<string, StoredDocument>();
  private readonly blobsByOwner = new Map<string, OwnedBlob>();
  private readonly followers = new Set<(commit: FeedCommit) => void>();

  public constructor(private readonly time: FakeTime) {}

  public view(line: Line): View {
    const over = async <T>(answer: () => T): Promise<T> => {
      if (line.isCut) throw new Unavailable('The line is cut.', 'none');
      await this.time.pause(line.latencyMs);
      if (line.isCut) throw new Unavailable('The line was cut.', 'unknown');
      return answer();
    };
    const blobs: Blobs = {
      put: (owner, blob) => over(() => void this.blobsByOwner.set(owner, { owner, blob, at: this.time.now })),
      get: (owner) => over(() => this.blobsByOwner.get(owner)),
      all: () => over(() => [...this.blobsByOwner.values()].sort((a, b) => (a.owner < b.owner ? -1 : 1))),
      remove: (owner) => over(() => void this.blobsByOwner.delete(owner)),
    };
    return {
      blobs: () => blobs,
      time: () => over(() => this.time.now),
      getMany: (ns, keys) => over(() => keys.map((key) => this.documents.get(`${ns}:${key}`) ?? null)),
      commit: (commit) => over(() => this.apply(commit)),
    };
  }

  /** Loads, and hears of every commit `line.lagMs` after it. */
  public follow(line: Line, follower: Follower): void {
    const documents = Object.fromEntries(
      ['flags', 'guilds', 'cohorts', 'rollouts', 'rollbacks', 'deployments', 'settings'].map((ns) => [
        ns,
        new Map(
          [...this.documents].flatMap(([name, document]) =>
            name.startsWith(`${ns}:`) ? [[name.slice(ns.length + 1), document] as const] : [],
          ),
        ),
      ]),
    ) as unknown as LoadedState['documents'];
    const at = this.commits.at(-1)?.at ?? 0;
    follower.reload({ head: { seq: this.commits.length, id: '' }, at, documents, damaged: [] }, 'start', []);
    this.followers.add((commit) => {
      void this.time.pause(line.lagMs).then(() => {
        if (!line.isCut) follower.commits([commit]);
      });
    });
  }

  public document(ns: string, key: string): StoredDocument | undefined {
    return this.documents.get(`${ns}:${key}`);
  }

  private apply(commit: Commit): CommitReceipt {
    const at = this.time.now;
    if (at > commit.notAfter) throw new TooLate('Too late.');
    for (const { ns, key, expect } of commit.changes) {
      const current = this.documents.get(`${ns}:${key}`) ?? null;
      if ((current?.v ?? 0) !== expect) throw new Conflict(ns, key, current);
    }
    this.commits.push({ commit, at });
    const seq = this.commits.length;
    const documents = commit.changes.map(({ ns, key, next }) => {
      const document = { ...(next ?? { schema: 1 }), v: seq } as StoredDocument;
      this.documents.set(`${ns}:${key}`, document);
      return { ns, key, document };
    });
    for (const tell of this.followers) tell({ seq, id: `c${seq}`, at, documents });
    return { seq, id: `c${seq}`, at, op: commit.op, replayed: false };
  }
}

/** How a process reaches the store. */
export interface Line {
  latencyMs: number;
  /** How long the feed takes. */
  lagMs: number;
  isCut: boolean;
}
