/** What going back to a snapshot turns back, and what stays because it happened. */
import { freezeKey, switchKey } from '../flags/world.js';
import { judgedTimeKey } from '../rollouts/RolloutsReplica.js';
import type { LoadedState, Namespace, Snapshot, Store, StoredDocument } from '../state/Store.js';

/** `settings:recovery`: who asks to go back. It ends with the recovery. */
export const recoveryKey = 'recovery';

/** Of the settings, only these are people's decisions, or belong to the rollouts; the others say what was told and where. */
const decided: ReadonlySet<string> = new Set([switchKey, freezeKey, judgedTimeKey]);

/**
 * Decisions go back: flags, guilds, cohorts, rollouts, the switch, a freeze. What happened stays: rollbacks and their proof,
 * which release is active, which messages stand where.
 */
export function goesBack(ns: Namespace, key: string): boolean {
  return ns === 'settings' ? decided.has(key) : ns !== 'rollbacks' && ns !== 'deployments';
}

/** Where the snapshot was taken of this very state; one of another state is taken whole. */
export async function isOfThisState(
  store: Pick<Store, 'audit'>,
  { audit: [first] }: Pick<Snapshot, 'audit'>,
): Promise<boolean> {
  if (first === undefined) return (await store.audit.read({ limit: 1 })).length > 0;
  return (await store.audit.get(first.id))?.commitId === first.commitId;
}

/** The switch for everything as it stands now, where it is off: what was turned off in need is no mistake of a setting. */
export function thrownSwitch(now: LoadedState): StoredDocument | undefined {
  const known = now.documents.settings.get(switchKey);
  return known?.['off'] === null || known?.['off'] === undefined ? undefined : known;
}

/** Flags (keys) that were killed since, and would be let go of: their settings go back with everything else. */
export function killedSince(snapshot: Pick<Snapshot, 'documents'>, now: LoadedState): readonly string[] {
  return snapshot.documents
    .filter(({ ns, key, document }) => {
      const isKilled = (now.documents.flags.get(key)?.['killed'] ?? null) !== null;
      return ns === 'flags' && isKilled && (document['killed'] ?? null) === null;
    })
    .map(({ key }) => key)
    .sort();
}

/** The documents as they will stand afterwards. Everything off stays off: only a person turns it on again. */
export function documentsAfter(
  snapshot: Snapshot,
  now: LoadedState,
  isSameState: boolean,
): Snapshot['documents'] {
  const thrown = thrownSwitch(now);
  const wanted = snapshot.documents.filter(
    ({ ns, key }) =>
      !(ns === 'settings' && (key === recoveryKey || (key === switchKey && thrown !== undefined))),
  );
  if (thrown !== undefined) wanted.push({ ns: 'settings', key: switchKey, document: thrown });
  if (!isSameState) return wanted;
  const staying = Object.entries(now.documents).flatMap(([ns, documents]) =>
    [...documents]
      .filter(([key]) => !goesBack(ns as Namespace, key) && !(ns === 'settings' && key === recoveryKey))
      .map(([key, document]) => ({ ns: ns as Namespace, key, document })),
  );
  return [...wanted.filter(({ ns, key }) => goesBack(ns, key)), ...staying];
}
