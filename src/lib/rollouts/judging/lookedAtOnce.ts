/** Which rollouts a commit concerns so much that nobody should wait for the judge's next look. */
import { freezeKey, switchKey, type World } from '../../flags/world.js';
import type { FeedCommit } from '../../state/Store.js';
import type { RolloutDocument } from '../documents.js';
import { isEndedByFlag } from './withoutJudgement.js';

/**
 * Those whose flag was killed, disabled, archived or taken away, and all of them where everything was turned off, or an incident
 * began or ended. What becomes of them is for the judge: it looks at the state, and never at the commit.
 *
 * @param open rollouts under way
 * @param world flags, with the commits in
 * @returns ids
 */
export function lookedAtOnce(
  commits: readonly FeedCommit[],
  open: readonly RolloutDocument[],
  world: Pick<World, 'flags'>,
): readonly string[] {
  if (open.length === 0) return [];
  const touched = new Set<string>();
  for (const { documents } of commits) {
    for (const { ns, key } of documents) {
      if (ns === 'settings' && (key === switchKey || key === freezeKey)) return open.map(({ id }) => id);
      if (ns === 'flags') touched.add(key);
    }
  }
  return open
    .filter((document) => touched.has(document.flag))
    .filter((document) => isEndedByFlag(document, world.flags.get(document.flag)))
    .map(({ id }) => id);
}
