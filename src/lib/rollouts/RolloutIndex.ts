/** Finds rollouts as people name them. */
import type { Suggestion } from '../flags/FlagsRoom.js';
import { nearestNames } from '../flags/nearest.js';
import { suggestNames } from '../flags/suggestions.js';
import type { RolloutDocument } from './documents.js';
import { UnknownRollout } from './errors.js';
import type { RolloutFilter } from './RolloutsRoom.js';
import type { RolloutsReplica } from './RolloutsReplica.js';
import { isOver } from './transitions.js';

export class RolloutIndex {
  public constructor(private readonly replica: Pick<RolloutsReplica, 'rollouts'>) {}

  /** Those under way first, then the newest. */
  public all({ isOpen, endedSince = 0 }: RolloutFilter = {}): readonly RolloutDocument[] {
    return [...this.replica.rollouts.values()]
      .filter(({ state }) => isOpen === undefined || isOpen !== isOver(state))
      .filter(({ ended }) => ended === null || ended.at >= endedSince)
      .sort((a, b) => Number(isOver(a.state)) - Number(isOver(b.state)) || b.created.at - a.created.at);
  }

  /** By id, or by flag: the one under way, else the newest. @throws UnknownRollout with the nearest names */
  public find(rollout: string): RolloutDocument {
    const byId = this.replica.rollouts.get(rollout.toUpperCase());
    const found = byId ?? this.all().find(({ flag }) => flag === rollout);
    if (found !== undefined) return found;
    const names = [...new Set(this.all().map(({ flag }) => flag))];
    throw new UnknownRollout(rollout, nearestNames(rollout, names));
  }

  /** Best match first; values are ids. */
  public suggest(typed: string, only: RolloutFilter): readonly Suggestion[] {
    const byName = new Map(this.all(only).map(({ id, flag, state }) => [`${flag} (${state}, ${id})`, id]));
    return suggestNames(typed, [...byName.keys()]).map(({ name, value }) => ({
      name,
      value: byName.get(value) ?? value,
    }));
  }
}
