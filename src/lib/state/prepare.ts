/** Checks a commit and turns it into text before a database sees any of it, so that nothing can fail half-way. */
import { newId, type RandomBytes } from '../core/ids.js';
import type { Json } from '../core/Json.js';
import { TooLarge } from './errors.js';
import {
  namespaces,
  type Commit,
  type DocumentBody,
  type DocumentChange,
  type Fence,
  type Namespace,
} from './Store.js';

export const limits = {
  /** UTF-8 bytes of a document's JSON. */
  documentBytes: 4 * 1024 * 1024,
  /** UTF-8 bytes of a whole commit. */
  commitBytes: 16 * 1024 * 1024,
  keyBytes: 512,
  changes: 2000,
  /** Audit entries or outbox messages in one commit. */
  messages: 1000,
} as const;

export interface PreparedChange {
  readonly ns: Namespace;
  readonly key: string;
  readonly expect: number;
  readonly damaged: DocumentChange['damaged'] | undefined;
  readonly action: 'set' | 'delete' | 'check';
  /** JSON of the body without `v`; empty unless `action` is `set`. */
  readonly json: string;
}

export interface PreparedCommit {
  readonly op: string;
  readonly id: string;
  readonly notAfter: number;
  readonly fence: Fence | undefined;
  readonly changes: readonly PreparedChange[];
  readonly audit: readonly string[];
  readonly outbox: readonly string[];
}

/**
 * @throws {TooLarge} where a limit is passed.
 * @throws {TypeError} where a caller hands in what no store could take: that is a bug, not bad luck.
 */
export function prepare(commit: Commit, random?: RandomBytes): PreparedCommit {
  if (commit.op.length === 0 || commit.op.length > 200)
    throw new TypeError('An operation id has 1 to 200 characters.');
  if (!Number.isFinite(commit.notAfter)) throw new TypeError('notAfter is a time in ms since the epoch.');
  const changes = commit.changes.map((change) => {
    checkKey(change.ns, change.key);
    if (!Number.isSafeInteger(change.expect) || change.expect < 0)
      throw new TypeError('expect is a version ≥ 0.');
    const action = change.next === undefined ? 'check' : change.next === null ? 'delete' : 'set';
    const json = change.next ? bodyText(change.key, change.next) : '';
    const { ns, key, expect, damaged } = change;
    return { ns, key, expect, damaged, action, json } as const;
  });
  if (new Set(changes.map(({ ns, key }) => `${ns}:${key}`)).size < changes.length)
    throw new TypeError('A commit names each document once.');
  const audit = commit.audit.map(bodyJson);
  const outbox = commit.outbox.map(bodyJson);
  checkSize(changes, audit, outbox);
  return {
    op: commit.op,
    id: newId(20, random),
    notAfter: commit.notAfter,
    fence: commit.fence,
    changes,
    audit,
    outbox,
  };
}

function checkKey(ns: Namespace, key: string): void {
  if (!namespaces.includes(ns)) throw new TypeError(`There is no namespace "${ns}".`);
  if (key.length === 0 || /[\0\p{Surrogate}]/u.test(key))
    throw new TypeError('A key is a well-formed, non-empty string without NUL.');
  if (Buffer.byteLength(key) > limits.keyBytes)
    throw new TooLarge(`The name "${key.slice(0, 40)}…" is too long to be stored.`, {
      next: 'Choose a shorter one.',
    });
}

function bodyText(key: string, body: DocumentBody): string {
  if (!Number.isSafeInteger(body.schema) || body.schema < 1)
    throw new TypeError(`"${key}" has no schema number.`);
  const { v: _version, ...rest } = body;
  const json = text(rest);
  if (Buffer.byteLength(json) > limits.documentBytes)
    throw new TooLarge(`"${key}" would be larger than ${limits.documentBytes / 1024 / 1024} MiB.`, {
      next: 'Make it smaller, for example by splitting a cohort.',
    });
  return json;
}

/** An audit or outbox body as it is stored. */
export function bodyJson(body: Json): string {
  return text(body);
}

function text(value: unknown): string {
  const json: unknown = JSON.stringify(value);
  if (typeof json !== 'string') throw new TypeError('Only JSON can be stored.');
  return json;
}

function checkSize(
  changes: readonly PreparedChange[],
  audit: readonly string[],
  outbox: readonly string[],
): void {
  const bytes = [...changes.map(({ json }) => json), ...audit, ...outbox].reduce(
    (sum, json) => sum + Buffer.byteLength(json),
    0,
  );
  if (
    bytes > limits.commitBytes ||
    changes.length > limits.changes ||
    audit.length > limits.messages ||
    outbox.length > limits.messages
  )
    throw new TooLarge('This change touches too much at once.', {
      next: 'Do it in smaller steps.',
      context: { bytes, changes: changes.length, audit: audit.length, outbox: outbox.length },
    });
}
