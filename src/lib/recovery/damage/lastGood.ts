/** Looks for the newest version of a document that was whole: in the newest snapshots, and in what the audit says since. */
import { count } from '../../core/count.js';
import { z } from 'zod';
import { readAuditBody } from '../../flags/changing/AuditBody.js';
import { fieldChangeSchema, type FieldChange } from '../../flags/planning/fields.js';
import { withValue } from '../../flags/planning/undo.js';
import { BadSnapshot } from '../../state/errors.js';
import type { Json } from '../../core/Json.js';
import type { AuditTrail, DocumentBody, Namespace } from '../../state/Store.js';
import type { SnapshotFolder } from '../snapshots/SnapshotFolder.js';
import { UnknownSnapshot } from '../errors.js';
import type { LastGood } from './documents.js';
import { problemOf } from './isWhole.js';

export interface LastGoodSources {
  readonly folder: Pick<SnapshotFolder, 'list' | 'read'>;
  readonly audit: Pick<AuditTrail, 'read'>;
}

/** So many snapshots are opened. */
const mostSnapshots = 4;
/** So far back the audit is read, in entries. */
const longestLook = 5_000;
const page = 250;

/** Null where there is none. Throws Unavailable. */
export async function lastGoodOf(
  { folder, audit }: LastGoodSources,
  ns: Namespace,
  key: string,
): Promise<LastGood | null> {
  const newest = (await folder.list()).slice(0, mostSnapshots).map(({ name }) => name);
  const found = await inSnapshots(folder, newest, ns, key);
  const { changes: since, wentBackTo } = await changesSince(audit, ns, key, found?.seq ?? 0);
  // What was changed before the state went back to a snapshot is not in force any more.
  const base = wentBackTo === undefined ? found : await inSnapshots(folder, [wentBackTo], ns, key);
  const rebuilt = rebuild(ns, base?.body, since);
  if (rebuilt !== undefined && isWhole(ns, key, rebuilt))
    return { from: sourceOf(base, since), body: rebuilt };
  return base === undefined ? null : { from: sourceOf(base, []), body: base.body };
}

/** For people. */
function sourceOf(base: Base | undefined, since: readonly FieldChange[]): string {
  return [
    ...(base === undefined ? [] : [`the snapshot ${base.name}`]),
    ...(since.length === 0 ? [] : [`${count(since.length, 'change')} in the audit`]),
  ].join(' and ');
}

interface Base {
  readonly name: string;
  readonly seq: number;
  readonly body: DocumentBody;
}

async function inSnapshots(
  folder: LastGoodSources['folder'],
  names: readonly string[],
  ns: Namespace,
  key: string,
): Promise<Base | undefined> {
  for (const name of names) {
    try {
      const { snapshot } = await folder.read(name);
      const found = snapshot.documents.find((document) => document.ns === ns && document.key === key);
      if (found !== undefined && problemOf(ns, key, found.document) === undefined) {
        const { v: _version, ...body } = found.document;
        return { name, seq: snapshot.head.seq, body };
      }
    } catch (error) {
      // A snapshot that is damaged or gone is no reason not to look into an older one.
      if (!(error instanceof BadSnapshot) && !(error instanceof UnknownSnapshot)) throw error;
    }
  }
  return undefined;
}

interface Since {
  /** Oldest first. */
  readonly changes: readonly FieldChange[];
  /** The snapshot to which the state went back before them; undefined: it did not. */
  readonly wentBackTo: string | undefined;
}

async function changesSince(
  audit: LastGoodSources['audit'],
  ns: Namespace,
  key: string,
  seq: number,
): Promise<Since> {
  const found: (readonly FieldChange[])[] = [];
  const end = (wentBackTo?: string): Since => ({ changes: found.reverse().flat(), wentBackTo });
  let before: string | undefined;
  for (let looked = 0; looked < longestLook; looked += page) {
    const entries = await audit.read({ limit: page, ...(before !== undefined && { before }) });
    for (const entry of entries) {
      if (entry.seq <= seq) return end();
      const wentBack = recoveryEntry.safeParse(entry.body);
      if (wentBack.success) return end(wentBack.data.snapshot);
      const own = fieldsOf(entry.body).filter((field) => field.ns === ns && field.key === key);
      if (own.length > 0) found.push(own);
    }
    before = entries.at(-1)?.id;
    if (entries.length < page) break;
  }
  return end();
}

/** An entry of this room: the state went back to a snapshot. */
const recoveryEntry = z.object({ kind: z.literal('recovery'), snapshot: z.string(), kept: z.string() });
/** An entry of this room: a document was put back as a whole. */
const putBackEntry = z.object({
  kind: z.literal('damage'),
  field: fieldChangeSchema,
});

function fieldsOf(body: Json): readonly FieldChange[] {
  const putBack = putBackEntry.safeParse(body);
  return putBack.success ? [putBack.data.field] : (readAuditBody(body)?.fields ?? []);
}

/** Undefined where the changes do not begin with a whole document, and there is none to begin with. */
function rebuild(
  ns: Namespace,
  base: DocumentBody | undefined,
  changes: readonly FieldChange[],
): DocumentBody | undefined {
  let body = base as Record<string, Json> | null | undefined;
  for (const { ns: room, path, after } of changes) {
    if (path.length === 0) body = after as Record<string, Json> | null;
    else if (body !== undefined && body !== null) body = withValue(room, body, path, after);
  }
  return (body ?? undefined) as DocumentBody | undefined;
}

function isWhole(ns: Namespace, key: string, body: DocumentBody): boolean {
  return problemOf(ns, key, { ...body, v: 1 }) === undefined;
}
