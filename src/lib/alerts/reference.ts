/** The names under which a notice is known: to people (`#128-7F3K`) and to Discord (its nonce). */
import { createHash } from 'node:crypto';

/** What names an outbox entry: `<seq>-<index>` and the id of its commit. */
export interface EntryName {
  readonly id: string;
  readonly commitId: string;
}

/** Discord takes no longer nonce. */
const longestNonce = 25;

/**
 * What people quote, and what is looked for before a notice is sent again: the commit's number, the notice's own where it
 * is not the commit's first, and a piece of the commit's id, since a failover may use a number twice.
 *
 * @example reference({ id: '128-0', commitId: '7F3KQX…' }) // '#128-7F3K'
 * @example reference({ id: '128-2', commitId: '7F3KQX…' }) // '#128.2-7F3K'
 */
export function reference({ id, commitId }: EntryName): string {
  const [seq = '', index = '0'] = id.split('-');
  return `#${seq}${index === '0' ? '' : `.${index}`}-${commitId.slice(0, 4)}`;
}

/** The same for every attempt to send this entry, and for no other; at most 25 characters. */
export function nonce({ id, commitId }: EntryName): string {
  const plain = `${id}-${commitId.slice(0, 8)}`;
  return plain.length <= longestNonce
    ? plain
    : createHash('sha256').update(`${id}-${commitId}`).digest('base64url').slice(0, longestNonce);
}
