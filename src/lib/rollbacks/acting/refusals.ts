/** What a rollback is refused for, and when there is nothing left to do. */
import type { FlagDocument } from '../../flags/documents.js';
import { BadValue, NotNow } from '../../flags/errors.js';
import type { FlagsRoom } from '../../flags/FlagsRoom.js';
import { checkText } from '../../flags/names.js';
import type { World } from '../../flags/world.js';
import { ReasonNeeded } from '../../rollouts/errors.js';
import { stepOf } from '../change.js';
import type { RollbackDocument } from '../documents.js';
import type { RollbackRequest } from '../RollbacksRoom.js';
import { isOver } from '../transitions.js';

/** @throws ReasonNeeded, BadValue */
export function checkRequest({ reason, trigger }: RollbackRequest): void {
  if (reason.trim() === '') throw new ReasonNeeded('A rollback');
  checkText('The reason', reason);
  if (trigger === 'drill') {
    throw new BadValue('A drill is no reason to roll anything back.', { next: 'Use /rollback drill.' });
  }
}

/** @throws UnknownFlag, NotNow where it is archived */
export function checkFlag(flags: Pick<FlagsRoom, 'flag'>, key: string): FlagDocument {
  const flag = flags.flag(key);
  if (flag.archived === null) return flag;
  throw new NotNow(`${key} is archived, so it is on for nobody and there is nothing to roll back.`, {
    next: 'See /feature list for the flags that are in use.',
  });
}

/** The rollback that was first; null where there is something to do. */
export function alreadySo(
  world: World,
  newest: RollbackDocument | undefined,
  flag: string | null,
): { readonly rollback: RollbackDocument; readonly why: string } | null {
  if (newest === undefined) return null;
  const { state, kind, created } = newest;
  const what = flag ?? 'Everything';
  if (!isOver(state)) {
    const how = kind === 'gradual' ? 'is being rolled back batch by batch' : 'is being rolled back';
    return { rollback: newest, why: `${what} ${how} already: ${created.name} asked for it first.` };
  }
  if (state === 'cancelled' || !isStillOff(world, newest)) return null;
  return { rollback: newest, why: `${what} is rolled back already, by ${created.name}, and still off.` };
}

/** Killed by this very rollback, and not by somebody since. */
function isStillOff(world: World, { flag, ...rollback }: RollbackDocument): boolean {
  const killed = flag === null ? world.killSwitch?.off : world.flags.get(flag)?.killed;
  const killedAt = stepOf(rollback, 'flags')?.facts?.killedAt;
  return killed !== undefined && killed !== null && killed.at === killedAt;
}
