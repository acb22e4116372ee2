/** What differs between two states, document by document, in words that people decide by. */
import type { DocumentBody, Namespace } from '../../state/Store.js';

/** One state's documents of each kind, by key. */
export type DocumentsOf = (ns: Namespace) => ReadonlyMap<string, DocumentBody>;

/** A state to compare. */
export interface Side {
  /** As people know it: a snapshot's name, `now`. */
  readonly name: string;
  readonly seq: number;
  readonly documents: DocumentsOf;
}

/** Of one kind of document. Counts are whole; the lines are the most telling ones. */
export interface KindComparison {
  readonly ns: Namespace;
  readonly before: number;
  readonly after: number;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** At most {@link mostLines}: `new_greeting: on at 25 % → off`. */
  readonly lines: readonly string[];
  /** How many differences have no line of their own. */
  readonly more: number;
}

export interface Comparison {
  readonly from: Pick<Side, 'name' | 'seq'>;
  readonly to: Pick<Side, 'name' | 'seq'>;
  /** Kinds with a difference. */
  readonly kinds: readonly KindComparison[];
}

/** So many lines a kind. */
export const mostLines = 12;
