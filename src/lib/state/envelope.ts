/**
 * How a document lies in the store: Keyv's envelope `{"value":{"v":<seq>,…}}`, so that any Keyv client sees the same documents.
 */
import type { StoredDocument } from './Store.js';

/** `json` is the body without `v` and never empty (it has at least `schema`). */
export function seal(v: number, json: string): string {
  return `{"value":{"v":${v},${json.slice(1)}}`;
}

/** A document that is none, with what is wrong about it, for people. */
export class Unreadable {
  public constructor(public readonly problem: string) {}
}

/** Never throws, whatever the store holds. */
export function open(raw: string): StoredDocument | Unreadable {
  let envelope: unknown;
  try {
    envelope = JSON.parse(raw);
  } catch {
    return new Unreadable('It is not JSON.');
  }
  return check(isObject(envelope) ? envelope['value'] : undefined);
}

function check(value: unknown): StoredDocument | Unreadable {
  if (!isObject(value)) return new Unreadable('It is no document in an envelope {"value": …}.');
  if (!isVersion(value['v'])) return new Unreadable('It has no version number "v".');
  if (!isVersion(value['schema'])) return new Unreadable('It has no "schema" number.');
  return value as StoredDocument;
}

function isVersion(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
