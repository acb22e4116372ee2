/** What a state or a snapshot holds, in words. */
import { namespaces, type Documents, type Namespace, type Snapshot } from '../lib/state/Store.js';

type Keys = ReadonlyMap<string, string>;

/** What a restore would do to the documents of one kind. */
export interface Difference {
  readonly ns: Namespace;
  readonly now: number;
  readonly then: number;
  /** Keys that would be gone, come back, and become other than they are. */
  readonly gone: readonly string[];
  readonly back: readonly string[];
  readonly other: readonly string[];
}

export function summary(snapshot: Snapshot): string {
  const { documents, audit, outbox, head } = snapshot;
  return `${counted(documents.length, 'document')}, ${counted(audit.length, 'audit entry', 'audit entries')} and ${counted(outbox.length, 'notice')} not delivered yet, as of change ${head.seq} (${moment(snapshot.takenAt)})`;
}

/** Kinds without a document on either side are left out. */
export function differences(current: Documents, snapshot: Snapshot): readonly Difference[] {
  return namespaces.flatMap((ns) => {
    const now: Keys = new Map([...current[ns]].map(([key, document]) => [key, content(document)]));
    const then: Keys = new Map(
      snapshot.documents
        .filter((entry) => entry.ns === ns)
        .map(({ key, document }) => [key, content(document)]),
    );
    if (now.size === 0 && then.size === 0) return [];
    return {
      ns,
      now: now.size,
      then: then.size,
      gone: [...now.keys()].filter((key) => !then.has(key)),
      back: [...then.keys()].filter((key) => !now.has(key)),
      other: [...now.keys()].filter((key) => then.has(key) && then.get(key) !== now.get(key)),
    };
  });
}

export function inWords({ ns, now, then, gone, back, other }: Difference): string {
  const parts = [
    named('would be gone', gone),
    named('would come back', back),
    named('would change', other),
  ].filter((part) => part !== '');
  return `  ${ns}: ${now} now, ${then} in the snapshot${parts.length === 0 ? ', all the same' : `: ${parts.join('; ')}`}`;
}

export function moment(at: number): string {
  return new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, ' UTC')
    .replace('T', ' ');
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Enough names to recognise what it is about. */
const shown = 5;

function named(what: string, keys: readonly string[]): string {
  if (keys.length === 0) return '';
  const more = keys.length > shown ? `, and ${keys.length - shown} more` : '';
  return `${keys.length} ${what} (${keys.slice(0, shown).join(', ')}${more})`;
}

/** The same text for the same content, whatever the order of its fields. */
function content(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}
