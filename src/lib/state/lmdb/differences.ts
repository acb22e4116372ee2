/** Which documents a restore changes: found in slices before its transaction, which then writes those only. */
import type { EngineHead, Replacement } from '../Engine.js';
import { namespaces, type CommitRef } from '../Store.js';
import { readHead } from './commit.js';
import type { LmdbFile, LmdbKey } from './LmdbFile.js';

export interface Differences {
  /** The commit at which the file stood; at any other they hold no more. */
  readonly at: CommitRef;
  readonly set: Replacement['documents'];
  readonly remove: readonly LmdbKey[];
}

/** Documents a slice. */
const page = 100;

/** Yields between slices; whoever pauses there compares {@link standsAt} before it believes the result. */
export function* differences(
  file: LmdbFile,
  documents: Replacement['documents'],
): Generator<undefined, Differences> {
  const { seq, id } = readHead(file);
  const wanted = new Set<string>();
  const set: Replacement['documents'][number][] = [];
  for (const [index, document] of documents.entries()) {
    const { ns, key, raw } = document;
    wanted.add(`${ns}:${key}`);
    if (file.get(['doc', ns, key]) !== raw) set.push(document);
    if (index % page === 0) yield;
  }
  const remove: LmdbKey[] = [];
  for (const ns of namespaces) {
    let keys = file.keysAfter(['doc', ns], undefined, page);
    while (keys.length > 0) {
      for (const key of keys) if (!wanted.has(`${ns}:${key}`)) remove.push(['doc', ns, key]);
      yield;
      keys = file.keysAfter(['doc', ns], keys.at(-1), page);
    }
  }
  return { at: { seq, id }, set, remove };
}

/** In slices, so that the event loop turns meanwhile. */
export async function differencesInSlices(
  file: LmdbFile,
  documents: Replacement['documents'],
  pause: () => Promise<void>,
): Promise<Differences> {
  file.refresh();
  const steps = differences(file, documents);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pause();
    file.refresh();
  }
}

/** In one go: inside a transaction, where somebody else wrote since. */
export function differencesAtOnce(file: LmdbFile, documents: Replacement['documents']): Differences {
  const steps = differences(file, documents);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

export function standsAt({ seq, id }: EngineHead, at: CommitRef): boolean {
  return seq === at.seq && id === at.id;
}
