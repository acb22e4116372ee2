/** Looks for the newest version of a document that was whole: in the newest snapshots, and in what the audit says since. */
import { readAuditBody } from '../../flags/changing/AuditBody.js';
import type { FieldChange } from '../../flags/planning/fields.js';
import { withValue } from '../../flags/planning/undo.js';
import { count } from '../../flags/words.js';
import { BadSnapshot } from '../../state/errors.js';
import type { Json } from '../../core/Json.js';
import type { AuditTrail, DocumentBody, Namespace } from '../../state/Store.js';
import type { SnapshotFolder } from '../snapshots/SnapshotFolder.js';
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
  const base = await inSnapshots(folder, ns, key);
  const since = await changesSince(audit, ns, key, base?.seq ?? 0);
  const rebuilt = rebuild(ns, base?.body, since);
  if (rebuilt !== undefined && isWhole(ns, key, rebuilt)) {
    const changes = since.length === 0 ? '' : `${count(since.length, 'change')} in the audit`;
    const from = [
      ...(base === undefined ? [] : [`the snapshot ${base.name}`]),
      ...(changes === '' ? [] : [changes]),
    ];
    return { from: from.join(' and '), body: rebuilt };
  }
  return base === undefined ? null : { from: `the snapshot ${base.name}`, body: base.body };
}

interface Base {
  readonly name: string;
  readonly seq: number;
  readonly body: DocumentBody;
}

async function inSnapshots(
  folder: LastGoodSources['folder'],
  ns: Namespace,
  key: string,
): Promise<Base | undefined> {
  for (const { name } of (await folder.list()).slice(0, mostSnapshots)) {
    try {
      const { snapshot } = await folder.read(name);
      const found = snapshot.documents.find((document) => document.ns === ns && document.key === key);
      if (found !== undefined && problemOf(ns, key, found.document) === undefined) {
        const { v: _version, ...body } = found.document;
        return { name, seq: snapshot.head.seq, body };
      }
    } catch (error) {
      // A damaged snapshot is no reason not to look into an older one.
      if (!(error instanceof BadSnapshot)) throw error;
    }
  }
  return undefined;
}

/** Oldest first. */
async function changesSince(
  audit: LastGoodSources['audit'],
  ns: Namespace,
  key: string,
  seq: number,
): Promise<readonly FieldChange[]> {
  const found: FieldChange[][] = [];
  let before: string | undefined;
  for (let looked = 0; looked < longestLook; looked += page) {
    const entries = await audit.read({ limit: page, ...(before !== undefined && { before }) });
    for (const entry of entries) {
      if (entry.seq <= seq) return found.reverse().flat();
      const own = (readAuditBody(entry.body)?.fields ?? []).filter(
        (field) => field.ns === ns && field.key === key,
      );
      if (own.length > 0) found.push(own);
    }
    before = entries.at(-1)?.id;
    if (entries.length < page) break;
  }
  return found.reverse().flat();
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
