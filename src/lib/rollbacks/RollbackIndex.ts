/** Finds rollbacks as people name them. */
import type { Suggestion } from '../flags/FlagsRoom.js';
import { nearestNames } from '../flags/nearest.js';
import { suggestNames } from '../flags/suggestions.js';
import type { RollbackDocument } from './documents.js';
import { UnknownRollback } from './errors.js';
import type { RollbacksReplica } from './RollbacksReplica.js';
import { isOver } from './transitions.js';

/** What people may type where a rollback of everything is meant. */
export const everything = 'everything';

export class RollbackIndex {
  public constructor(private readonly replica: Pick<RollbacksReplica, 'rollbacks'>) {}

  /** Newest first. */
  public all(isOpen?: boolean): readonly RollbackDocument[] {
    return [...this.replica.rollbacks.values()]
      .filter(({ state }) => isOpen === undefined || isOpen !== isOver(state))
      .sort((a, b) => b.pressedAt - a.pressedAt || b.v - a.v);
  }

  /** The newest of a flag (null: of everything), drills left out. */
  public newest(flag: string | null): RollbackDocument | undefined {
    return this.all().find((one) => one.flag === flag && one.kind !== 'drill');
  }

  /** By id, or by flag: its newest. @throws UnknownRollback with the nearest names */
  public find(rollback: string): RollbackDocument {
    const flag = rollback === everything ? null : rollback;
    const found =
      this.replica.rollbacks.get(rollback.toUpperCase()) ?? this.all().find((one) => one.flag === flag);
    if (found !== undefined) return found;
    const names = this.all().map((one) => one.flag ?? everything);
    throw new UnknownRollback(rollback, nearestNames(rollback, [...new Set(names)]));
  }

  /** Best match first; values are ids. */
  public suggest(typed: string, isOpen?: boolean): readonly Suggestion[] {
    const byName = new Map(
      this.all(isOpen).map(({ id, flag, state }) => [`${flag ?? everything} (${state}, ${id})`, id]),
    );
    return suggestNames(typed, [...byName.keys()]).map(({ name, value }) => ({
      name,
      value: byName.get(value) ?? value,
    }));
  }
}
