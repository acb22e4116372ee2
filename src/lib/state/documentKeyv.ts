/** The Keyv through which documents of one namespace are read, set up so that it hides and deletes nothing. */
import { Keyv, type KeyvStoreAdapter } from 'keyv';
import { open, type Unreadable } from './envelope.js';
import { namespaces, type Namespace, type StoredDocument } from './Store.js';

/** What such a Keyv answers: undefined where there is nothing. */
export type ReadDocument = StoredDocument | Unreadable | undefined;

/**
 * One Keyv a namespace over the adapter that `adapterOf` gives. `useKeyPrefix` is off because the adapter prefixes.
 * The deserialiser answers what is damaged instead of throwing (one bad row would lose its whole batch), and drops
 * `expires`, so that Keyv never deletes a document by itself.
 */
export function documentKeyvs(
  prefixOf: (ns: Namespace) => string,
  adapterOf: (ns: Namespace) => KeyvStoreAdapter,
): Readonly<Record<Namespace, Keyv>> {
  const one = (ns: Namespace): Keyv =>
    new Keyv({
      store: adapterOf(ns),
      namespace: prefixOf(ns),
      useKeyPrefix: false,
      throwOnErrors: true,
      emitErrors: false,
      serialize: JSON.stringify,
      deserialize: <T>(raw: string) => ({ value: open(raw) as T }),
    });
  return Object.fromEntries(namespaces.map((ns) => [ns, one(ns)])) as Record<Namespace, Keyv>;
}

/** Reads many documents of one namespace, in the order of `keys`. */
export async function readMany(keyv: Keyv, keys: readonly string[]): Promise<ReadDocument[]> {
  return keys.length === 0 ? [] : await keyv.getMany<StoredDocument | Unreadable>([...keys]);
}
