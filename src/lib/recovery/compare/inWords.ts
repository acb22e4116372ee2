/** One document before and after, in words. What cannot be read as today's documents is only said to differ. */
import { count } from '../../core/count.js';
import { isDeepStrictEqual } from 'node:util';
import type { FlagDocument } from '../../flags/documents.js';
import { readDocument, readFreeze } from '../../flags/schemas.js';
import { listed, percent } from '../../flags/words.js';
import { switchKey, freezeKey } from '../../flags/world.js';
import { readKey } from '../../rollouts/keys.js';
import type { DocumentBody, Namespace, StoredDocument } from '../../state/Store.js';

/** Names of fields that follow from others, or say only when and by whom. */
const silent: ReadonlySet<string> = new Set(['v', 'schema', 'updated', 'servedSince', 'news', 'newsCount']);
/** So many fields are named. */
const mostFields = 4;

/** Undefined where it goes with another document that is told of. */
export function differenceInWords(
  ns: Namespace,
  key: string,
  was: DocumentBody | undefined,
  is: DocumentBody | undefined,
): string | undefined {
  if (ns === 'rollouts' && readKey(key)?.kind !== 'rollout') return undefined;
  const [before, after] = [was, is].map((document) => stateOf(ns, key, document)) as [string, string];
  if (before !== after) return `${key}: ${before} → ${after}`;
  return `${key}: ${fieldsThatDiffer(was, is)}`;
}

function stateOf(ns: Namespace, key: string, document: DocumentBody | undefined): string {
  if (document === undefined) return ns === 'settings' ? 'not set' : 'not there';
  const stored = document as StoredDocument;
  switch (ns) {
    case 'flags': {
      const read = readDocument('flags', key, stored);
      return 'document' in read ? flagState(read.document) : 'unreadable';
    }
    case 'cohorts': {
      const read = readDocument('cohorts', key, stored);
      return 'document' in read ? count(read.document.guilds.length, 'guild') : 'unreadable';
    }
    case 'settings':
      return settingState(key, stored);
    default:
      return typeof document['state'] === 'string' ? document['state'] : 'there';
  }
}

function flagState(flag: FlagDocument): string {
  if (flag.archived !== null) return 'archived';
  if (flag.killed !== null) return 'killed';
  if (!flag.enabled) return 'off';
  const rollout = flag.rollout === null ? '' : ' under a rollout';
  const ceiling = flag.ceiling === null ? '' : ', being rolled back';
  return `on at ${percent(flag.basisPoints)}${rollout}${ceiling}`;
}

function settingState(key: string, document: StoredDocument): string {
  if (key === switchKey) {
    const read = readDocument('settings', key, document);
    if ('document' in read) return read.document.off === null ? 'released' : 'everything off';
  }
  if (key === freezeKey) {
    const read = readFreeze(document);
    if ('document' in read) return read.document.freeze === null ? 'not frozen' : 'frozen';
  }
  return 'there';
}

function fieldsThatDiffer(was: DocumentBody | undefined, is: DocumentBody | undefined): string {
  const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])].filter(
    (name) => !silent.has(name) && !isDeepStrictEqual(was?.[name], is?.[name]),
  );
  if (names.length === 0) return 'written at another time';
  const shown = names.slice(0, mostFields);
  const rest = names.length - shown.length;
  return `${listed(rest === 0 ? shown : [...shown, `${rest} more`])} differ${names.length === 1 ? 's' : ''}`;
}
