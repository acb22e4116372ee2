/** Reads all documents as of one commit, without holding the store up: in bulk first, then what changed meanwhile. */
import type { ReadDocument } from './documentKeyv.js';
import type { Changes, Engine, EngineHead } from './Engine.js';
import { open, Unreadable } from './envelope.js';
import { Unavailable } from './errors.js';
import {
  namespaces,
  type Documents,
  type LoadedState,
  type Namespace,
  type StoredDocument,
} from './Store.js';

/** Keys a read: large enough to be quick, small enough not to hold Redis up. */
const bulk = 1000;
/** Commits a step. */
export const feedPage = 500;
/** A restore or a trimmed feed in mid-load makes it begin anew; so often in a row means that something is wrong. */
const attempts = 5;

/** What is wrong with a name that stands for nothing. */
export const missing = 'It is listed, but not there or not text.';

export interface Loaded {
  readonly head: EngineHead;
  readonly state: LoadedState;
}

/** @throws {Unavailable} */
export async function loadAll(engine: Engine): Promise<Loaded> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const loading = new Loading();
    const before = await engine.head();
    await loading.readBulk(engine);
    const head = await loading.catchUp(engine, before);
    if (head !== undefined) return { head, state: loading.state(head) };
  }
  throw new Unavailable('The store kept being replaced while it was read.', 'none');
}

class Loading {
  private readonly documents = new Map<Namespace, Map<string, StoredDocument>>(
    namespaces.map((ns) => [ns, new Map()]),
  );
  private readonly problems = new Map<string, LoadedState['damaged'][number]>();

  public async readBulk(engine: Engine): Promise<void> {
    await Promise.all(
      namespaces.map(async (ns) => {
        for await (const keys of engine.keys(ns, bulk)) {
          const read = await engine.read(ns, keys);
          keys.forEach((key, index) => {
            this.take(ns, key, read[index] ?? new Unreadable(missing));
          });
        }
      }),
    );
  }

  /** The head that the documents now stand at; undefined where the history broke off meanwhile. */
  public async catchUp(engine: Engine, from: EngineHead): Promise<EngineHead | undefined> {
    let at = { seq: from.seq, id: from.id };
    for (;;) {
      const changes = await engine.changes(at.seq, feedPage);
      if (changes.head.lineage !== from.lineage || !continues(at, changes)) return undefined;
      for (const { ns, key, raw } of changes.documents)
        this.take(ns, key, raw === null ? undefined : open(raw));
      at = changes.entries.at(-1) ?? at;
      if (at.seq === changes.head.seq) return changes.head;
    }
  }

  public state(head: EngineHead): LoadedState {
    return {
      head: { seq: head.seq, id: head.id },
      at: head.at,
      documents: Object.fromEntries(this.documents) as unknown as Documents,
      damaged: [...this.problems.values()],
    };
  }

  private take(ns: Namespace, key: string, document: ReadDocument): void {
    this.problems.delete(`${ns}:${key}`);
    this.documents.get(ns)?.delete(key);
    if (document instanceof Unreadable)
      this.problems.set(`${ns}:${key}`, { ns, key, problem: document.problem });
    else if (document !== undefined) this.documents.get(ns)?.set(key, document);
  }
}

/** True where `changes` follow `at` without a hole and in the same history. */
export function continues(at: { seq: number; id: string }, changes: Changes): boolean {
  let last = at;
  for (const entry of changes.entries) {
    if (entry.seq !== last.seq + 1 || entry.prev !== last.id) return false;
    last = entry;
  }
  if (changes.entries.length > 0) return last.seq < changes.head.seq || last.id === changes.head.id;
  return changes.head.seq === at.seq && changes.head.id === at.id;
}
