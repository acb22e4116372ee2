import type { DocumentBody, LoadedState, Namespace, Snapshot } from '../../state/Store.js';
import type { Side } from './Comparison.js';

export function sideOfState(state: LoadedState, name = 'now'): Side {
  return { name, seq: state.head.seq, documents: (ns) => state.documents[ns] };
}

export function sideOfSnapshot(
  { head, documents }: Pick<Snapshot, 'head' | 'documents'>,
  name: string,
): Side {
  const byKind = new Map<Namespace, Map<string, DocumentBody>>();
  for (const { ns, key, document } of documents) {
    const kind = byKind.get(ns) ?? new Map<string, DocumentBody>();
    kind.set(key, document);
    byKind.set(ns, kind);
  }
  return { name, seq: head.seq, documents: (ns) => byKind.get(ns) ?? new Map<string, DocumentBody>() };
}
