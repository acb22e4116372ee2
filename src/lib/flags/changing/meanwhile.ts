/** Finds out, for the person who came second, what was changed and by whom. */
import type { Store } from '../../state/Store.js';
import type { FieldChange } from '../planning/fields.js';
import type { Difference } from '../results.js';
import { readAuditBody } from './AuditBody.js';

type Place = Pick<FieldChange, 'ns' | 'key' | 'path'>;

/** So far back, in entries, is looked for whoever changed something. */
const lookBack = 200;

/** `percentage: 0 % → 50 % by Ada (#131)`; several are joined by semicolons. Only entries after `since` (a sequence number). */
export async function whatMoved(
  store: Pick<Store, 'audit'>,
  since: number,
  places: readonly Place[],
): Promise<string> {
  const entries = await store.audit.read({ limit: lookBack });
  const said: string[] = [];
  for (const { seq, body } of entries) {
    if (seq <= since) break;
    const read = readAuditBody(body);
    if (read === undefined) continue;
    const moved = read.differences.filter((_, at) => {
      const field = read.fields[at];
      return field !== undefined && places.some((place) => overlaps(place, field));
    });
    if (moved.length > 0) said.unshift(`${moved.map(inWords).join(', ')} by ${read.by.name} (#${seq})`);
  }
  return said.length === 0 ? 'someone changed it' : said.join('; ');
}

function inWords({ what, before, after }: Difference): string {
  return `${what}: ${before} → ${after}`;
}

/** The same field, or one within the other. */
function overlaps(a: Place, b: Place): boolean {
  return (
    a.ns === b.ns &&
    a.key === b.key &&
    a.path.every((part, at) => b.path[at] === undefined || b.path[at] === part)
  );
}
