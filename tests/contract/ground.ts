/** What a database must offer to the contract suite beside the port itself: other processes' views, and foreign hands. */
import type { Namespace, Store } from '../../src/lib/state/Store.js';
import type { StoreOptions } from '../../src/lib/state/openStore.js';

export interface Ground {
  /** A store on the state named `prefix`; several on one state behave as several processes. */
  open(prefix: string, options?: Partial<StoreOptions>): Promise<Store>;
  /** Writes text over a document, as no program of ours would. */
  spoil(prefix: string, ns: Namespace, key: string, raw: string): Promise<void>;
  /** The raw text of a document. */
  raw(prefix: string, ns: Namespace, key: string): Promise<string | null>;
  /** Changes an audit entry's text by hand; `undefined` removes it. */
  rewriteAudit(prefix: string, id: string, change: (text: string) => string | undefined): Promise<void>;
  dispose(): Promise<void>;
}
