/** What a rollout makes of its flag, and what nobody else may touch meanwhile. */
import type { FlagChange, RolloutServing } from '../changes.js';
import { InRollout, NotNow } from '../errors.js';
import type { World } from '../world.js';
import type { FieldChange } from './fields.js';
import { findFlag } from './lookups.js';
import { type Plan, type Planning, stamp } from './Plan.js';
import { hindrances, served } from './serving.js';

/** An archived flag, too, must be let go of. */
export function planRollout(
  planning: Planning,
  key: string,
  { title, rollout, enabled, basisPoints, kills = false, ceiling }: RolloutServing,
): Plan {
  const flag = findFlag(planning.world, key);
  const settings = {
    rollout,
    enabled: enabled ?? flag.enabled,
    basisPoints: basisPoints ?? flag.basisPoints,
    killed: flag.killed ?? (kills ? stamp(planning) : null),
    ceiling: ceiling === undefined ? flag.ceiling : ceiling,
  };
  const moves =
    settings.enabled !== flag.enabled ||
    settings.basisPoints !== flag.basisPoints ||
    settings.killed !== flag.killed;
  return {
    title,
    writes: [served(planning, flag, settings, moves)],
    notes: kills || ceiling !== undefined ? [] : hindrances(planning.world, flag),
  };
}

/** Of a flag under rollout; turning it off and deciding about single guilds stay everybody's. */
const decidedByRollout: ReadonlySet<string> = new Set(['basisPoints', 'seed', 'archived', 'ceiling']);

/** @throws InRollout where the fields are the rollout's to decide, NotNow where only a rollout could write them. */
export function checkRollouts(world: World, change: FlagChange, fields: readonly FieldChange[]): void {
  if (change.do === 'rollout') return;
  for (const { ns, key, path, after } of fields) {
    const [part = ''] = path;
    if (ns !== 'flags') continue;
    if (part === 'rollout') {
      throw new NotNow('A rollout made that change, so it cannot be taken back as one of yours.', {
        next: 'See /rollout list for the rollout, or set the flag as you want it with /feature.',
      });
    }
    const rollout = world.flags.get(key)?.rollout ?? null;
    const revives = (part === 'killed' && after === null) || (part === 'enabled' && after === true);
    if (rollout !== null && (path.length === 0 || decidedByRollout.has(part) || revives)) {
      throw new InRollout(key, rollout.id);
    }
  }
}
