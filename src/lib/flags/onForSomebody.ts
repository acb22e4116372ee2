/** Which of the flags that a change concerns are on for somebody afterwards: those that somebody may want to roll back. */
import { isInBeta } from './betaRights.js';
import type { FlagDocument } from './documents.js';
import type { FieldChange } from './planning/fields.js';
import { everythingOff, type World } from './world.js';

/** Keys, in the order in which the change names them. */
export function concernedAndOn(fields: readonly FieldChange[], after: World): readonly string[] {
  if (!after.servesFlags || everythingOff(after) !== undefined) return [];
  const keys = fields.flatMap(({ ns, key, path }) => {
    if (ns === 'flags') return [key];
    return ns === 'guilds' && path[0] === 'entries' && path[1] !== undefined ? [path[1]] : [];
  });
  return [...new Set(keys)].filter((key) => {
    const flag = after.flags.get(key);
    return flag !== undefined && isOnForSomebody(flag, after);
  });
}

/** By its own settings; what a prerequisite or the position of the few known guilds makes of them is not looked at. */
function isOnForSomebody(flag: FlagDocument, { guilds }: World): boolean {
  if (!flag.enabled || flag.killed !== null || flag.archived !== null) return false;
  const { basisPoints, cohorts, rollout } = flag;
  if (basisPoints > 0 || Object.values(cohorts).some(({ override }) => override === 'allow')) return true;
  if (rollout !== null && rollout.targets.length > 0) return true;
  for (const { entries } of guilds.values()) {
    const entry = entries[flag.key];
    if (entry?.override?.is === 'allow' || isInBeta(flag, entry)) return true;
  }
  return false;
}
