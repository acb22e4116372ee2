import type { Store } from '../../state/Store.js';
import { NotNow, UnknownEntry } from '../errors.js';
import { isSameValue, valueAt } from '../planning/fields.js';
import type { World } from '../world.js';
import { readAuditBody } from './AuditBody.js';

/**
 * The beta request that an audit entry made: the buttons of its notice know only the entry. Throws UnknownEntry where it
 * made none, NotNow where the guild took it back or asked anew since.
 */
export async function betaRequest(
  store: Pick<Store, 'audit'>,
  world: World,
  entry: string,
): Promise<{ readonly flag: string; readonly guild: string }> {
  const read = readAuditBody((await store.audit.get(entry))?.body ?? null);
  if (read?.change.do !== 'beta-join') throw new UnknownEntry(entry);
  const { flag, guild } = read.change;
  const joined = read.fields.find(({ path }) => path[2] === 'joined');
  if (joined === undefined || !isSameValue(valueAt(world, joined), joined.after)) {
    throw new NotNow('The guild took that request back, or has asked anew since.', {
      next: 'Answer its newest request, if there is one.',
    });
  }
  return { flag, guild };
}
