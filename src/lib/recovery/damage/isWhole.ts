import { readDocument, readFreeze } from '../../flags/schemas.js';
import { freezeKey, switchKey } from '../../flags/world.js';
import { releasesKey } from '../../deployments/releases/documents.js';
import { readReleases } from '../../deployments/releases/schema.js';
import { readRollback } from '../../rollbacks/schemas.js';
import { readKey } from '../../rollouts/keys.js';
import { judgedTimeKey } from '../../rollouts/RolloutsReplica.js';
import { readEvidence, readJudgedTime, readRollout, readTicks } from '../../rollouts/schemas.js';
import type { Namespace, StoredDocument } from '../../state/Store.js';

/** What is wrong with a document as its room would read it; undefined: nothing, or nobody here knows its shape. */
export function problemOf(ns: Namespace, key: string, document: StoredDocument): string | undefined {
  const read = readAs(ns, key, document);
  return read !== undefined && 'problem' in read ? read.problem : undefined;
}

type Read = { readonly document: unknown } | { readonly problem: string };

function readAs(ns: Namespace, key: string, document: StoredDocument): Read | undefined {
  switch (ns) {
    case 'flags':
    case 'guilds':
    case 'cohorts':
      return readDocument(ns, key, document);
    case 'settings':
      if (key === switchKey) return readDocument(ns, key, document);
      if (key === freezeKey) return readFreeze(document);
      return key === judgedTimeKey ? readJudgedTime(document) : undefined;
    case 'rollouts':
      switch (readKey(key)?.kind) {
        case 'rollout':
          return readRollout(document);
        case 'evidence':
          return readEvidence(document);
        case 'ticks':
          return readTicks(document);
        default:
          return undefined;
      }
    case 'rollbacks':
      return readRollback(document);
    case 'deployments':
      return key === releasesKey ? readReleases(document) : undefined;
  }
}

/**
 * Whether it may be set aside by itself. Without a flag's document the flag is off; without a guild's, a cohort, the switch or
 * a freeze, something could be turned on, and without a rollout's evidence it would forget: that is for a person to decide.
 */
export function mayBeAbsent(ns: Namespace, key: string): boolean {
  if (ns === 'flags') return true;
  return ns === 'settings' && key !== switchKey && key !== freezeKey && key !== judgedTimeKey;
}
