/**
 * What a change moves, field by field: written to the audit, put into words, and taken back by an undo. Fine enough
 * that two changes of one document which do not touch each other can each be undone.
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Json } from '../../core/Json.js';
import type { DocumentBody } from '../../state/Store.js';
import { lookUp, type RoomNamespace, type World } from '../world.js';
import type { Write } from './Plan.js';
import { bodyOf } from '../../state/committing/bodyOf.js';

/** `before` and `after` are null where there was or is nothing. An empty path is the whole document. */
export interface FieldChange {
  readonly ns: RoomNamespace;
  readonly key: string;
  readonly path: readonly string[];
  readonly before: Json;
  readonly after: Json;
}

export const fieldChangeSchema: z.ZodType<FieldChange> = z.object({
  ns: z.enum(['flags', 'guilds', 'cohorts', 'settings']),
  key: z.string(),
  path: z.array(z.string()),
  before: z.json(),
  after: z.json(),
});

/** Follow from the others, or say only when and by whom: nothing to undo, nothing to show. */
const kept: ReadonlySet<string> = new Set(['v', 'schema', 'updated', 'servedSince']);

export function fieldChanges(world: World, writes: readonly Write[]): readonly FieldChange[] {
  return writes.flatMap(({ ns, key, next }) => {
    const before = lookUp(world, ns, key);
    const was = before === undefined ? null : bodyOf(before);
    const is = next === null ? null : bodyOf(next);
    // A guild's document and the switch come and go unnoticed: only what they hold counts.
    const whole = ns === 'flags' || ns === 'cohorts';
    if (whole && (was === null || is === null)) {
      return was === is ? [] : [{ ns, key, path: [], before: json(was), after: json(is) }];
    }
    const [old, now] = [leaves(ns, was), leaves(ns, is)];
    return [...new Set([...old.keys(), ...now.keys()])]
      .map((path) => ({
        ns,
        key,
        path: JSON.parse(path) as string[],
        before: old.get(path) ?? null,
        after: now.get(path) ?? null,
      }))
      .filter(({ before, after }) => !isDeepStrictEqual(before, after));
  });
}

/** What stands in the world at a field. */
export function valueAt(world: World, { ns, key, path }: Pick<FieldChange, 'ns' | 'key' | 'path'>): Json {
  const document = lookUp(world, ns, key);
  if (document === undefined) return null;
  const body = bodyOf(document);
  return path.length === 0 ? json(body) : (leaves(ns, body).get(JSON.stringify(path)) ?? null);
}

/** Equal, as far as a field is concerned: what {@link kept} names does not count. */
export function isSameValue(a: Json, b: Json): boolean {
  return isDeepStrictEqual(trimmed(a), trimmed(b));
}

function trimmed(value: Json): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !kept.has(name)));
}

/** The fields of a document by their path (as JSON, to be a map's key). */
function leaves(ns: RoomNamespace, body: DocumentBody | null): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  const put = (path: readonly string[], value: Json): unknown => found.set(JSON.stringify(path), value);
  for (const [name, value] of Object.entries(body ?? {})) {
    if (kept.has(name) || value === undefined) continue;
    if (ns === 'flags' && name === 'cohorts') {
      for (const [cohort, use] of members(value)) put([name, cohort], use);
    } else if (ns === 'guilds' && name === 'entries') {
      for (const [flag, entry] of members(value)) {
        for (const [part, what] of members(entry)) put([name, flag, part], what);
      }
    } else if (ns === 'cohorts' && name === 'guilds') {
      for (const id of Array.isArray(value) ? (value as readonly Json[]) : []) {
        if (typeof id === 'string') put([name, id], true);
      }
    } else if (!(ns === 'guilds' && name === 'id')) {
      put([name], value);
    }
  }
  return found;
}

function members(value: Json): readonly (readonly [string, Json])[] {
  return value === null || typeof value !== 'object' || Array.isArray(value) ? [] : Object.entries(value);
}

function json(body: DocumentBody | null): Json {
  return body as Json;
}
