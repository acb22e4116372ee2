/** Documents that stand in Redis and that no index names: an index that was evicted or lost takes its documents out of sight. */
import type { Namespace } from '../Store.js';
import type { RedisKeys } from './keys.js';
import type { RedisCalls } from './RedisCalls.js';
import { list, text, texts } from './replies.js';

/** Keys a step: many enough to be quick, few enough not to hold Redis up, whoever else's keys lie there. */
const step = '2000';

/** Pages of keys without the prefix. Walks through every key of the server that holds the prefix. */
export async function* unlistedKeys(
  calls: RedisCalls,
  names: RedisKeys,
  ns: Namespace,
): AsyncGenerator<readonly string[]> {
  const [index, prefix] = [names.index(ns), names.document(ns, '')];
  let cursor = '0';
  do {
    const scan = ['SCAN', cursor, 'MATCH', `${prefix}*`, 'COUNT', step];
    const [next, page] = list(await calls.command('read', index, scan));
    const keys = texts(page).map((name) => name.slice(prefix.length));
    const found: string[] = [];
    for (const key of await unknownTo(calls, index, keys)) {
      // It may have been deleted, or made, since the index was asked.
      const isThere = text(await calls.command('read', index, ['EXISTS', prefix + key])) === '1';
      if (isThere && (await unknownTo(calls, index, [key])).length > 0) found.push(key);
    }
    if (found.length > 0) yield found;
    cursor = text(next);
  } while (cursor !== '0');
}

async function unknownTo(
  calls: RedisCalls,
  index: string,
  keys: readonly string[],
): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const known = texts(await calls.command('read', index, ['SMISMEMBER', index, ...keys]));
  return keys.filter((_, at) => known[at] !== '1');
}
