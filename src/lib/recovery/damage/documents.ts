import type { DocumentBody, Namespace } from '../../state/Store.js';

/** The newest version of a damaged document that was whole. */
export interface LastGood {
  /** For people: `the snapshot 2026…` or `the snapshot 2026… and 3 changes since`. */
  readonly from: string;
  readonly body: DocumentBody;
}

/**
 * `settings:set-aside.<id>`: a damaged document as it was found, never deleted. `aside`: its key is free · `left`: it still
 * lies there, since its absence might turn something on · `mended`: it was put back, or is whole again.
 */
export interface SetAside {
  readonly schema: 1;
  readonly id: string;
  readonly ns: Namespace;
  readonly key: string;
  readonly problem: string;
  /** Its text; empty where the database kept no text there (Redis: moved beside the index of its kind). */
  readonly raw: string;
  readonly state: 'aside' | 'left' | 'mended';
  /** Domain time. */
  readonly at: number;
  readonly lastGood: LastGood | null;
}

export const setAsidePrefix = 'set-aside.';
