/** Widening while everything is frozen: refused, and for admins a way to go on with a reason, which staff are told of. */
import { Frozen } from '../flags/errors.js';
import type { Actor } from '../flags/changes.js';
import { Confirmations } from './Confirmations.js';
import { refusalCard } from './refusals.js';
import type { Turn } from './Turn.js';

export const overrideAction = 'freeze-override';

/** What is added to a request so that it goes through. */
export type FreezeOverride =
  Readonly<Record<string, never>> | { readonly overridesFreeze: true; readonly reason: string };

/** Does what was asked; again with an override, in the turn of whoever gave it. */
export type Widening = (turn: Turn, override: FreezeOverride) => Promise<void>;

export interface FrozenRequest {
  readonly by: Actor;
  readonly widen: Widening;
}

const byHouse = new WeakMap<object, Confirmations<FrozenRequest>>();

/** Requests that wait for their asker's reason; they live and die with the bot. */
export function frozenRequestsOf(house: object): Confirmations<FrozenRequest> {
  const known = byHouse.get(house) ?? new Confirmations<FrozenRequest>();
  byHouse.set(house, known);
  return known;
}

/** Throws Frozen where the person may not override it. */
export async function unlessFrozen(turn: Turn, widen: Widening): Promise<void> {
  try {
    await widen(turn, {});
  } catch (error) {
    if (!(error instanceof Frozen) || !turn.may('admin')) throw error;
    const id = frozenRequestsOf(turn.house).ask({ by: turn.actor, widen }, turn.house.realTime.now());
    await turn.show({
      ...refusalCard(error),
      buttons: [{ label: 'Override the freeze', style: 'danger', action: overrideAction, args: [id] }],
    });
  }
}
