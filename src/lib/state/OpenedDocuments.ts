/**
 * Documents that were read a moment ago: all followers of a process are handed the same text of the same commit, and LMDB's
 * check before a commit meets what was read last. Reading it once is enough, since nobody can change a document in place:
 * it is frozen, so that a follower who tries fails there and then, and not the one beside it much later.
 */
import { open, type Unreadable } from './envelope.js';
import type { Namespace, StoredDocument } from './Store.js';

/** Characters of text that are kept together; what is read of them takes several times as much. */
const mostCharacters = 256 * 1024;

interface Opened {
  readonly raw: string;
  readonly document: StoredDocument | Unreadable;
}

export class OpenedDocuments {
  /** Oldest first. */
  private readonly kept = new Map<string, Opened>();
  private characters = 0;

  /** As `open` of `envelope.ts`. */
  public open(ns: Namespace, key: string, raw: string): StoredDocument | Unreadable {
    const name = `${ns}:${key}`;
    const known = this.kept.get(name);
    if (known?.raw === raw) return known.document;
    const document = frozen(open(raw));
    this.keep(name, { raw, document });
    return document;
  }

  private keep(name: string, opened: Opened): void {
    this.drop(name);
    this.kept.set(name, opened);
    this.characters += opened.raw.length;
    for (const [oldest] of this.kept) {
      if (this.characters <= mostCharacters) break;
      this.drop(oldest);
    }
  }

  private drop(name: string): void {
    this.characters -= this.kept.get(name)?.raw.length ?? 0;
    this.kept.delete(name);
  }
}

/** All the way down: a fifth of the time that reading the text takes. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  // Not `for … in` over what is mostly numbers: a rollout's evidence holds thousands of them.
  if (Array.isArray(value)) value.forEach(frozen);
  else for (const field in value) frozen(value[field]);
  return Object.freeze(value);
}
