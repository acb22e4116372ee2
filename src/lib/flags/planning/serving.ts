/** For whom a flag is on as a whole: the percentage, the switches, the archive. */
import { count } from '../../core/count.js';
import type { FlagDocument } from '../documents.js';
import { BadValue, NotNow } from '../errors.js';
import { listed, percent } from '../words.js';
import { type Draft, everythingOff, switchKey, type World } from '../world.js';
import { findFlag, findLiveFlag } from './lookups.js';
import { type Plan, type Planning, stamp } from './Plan.js';
import { dependantsOf } from './requirements.js';

export function planEnable(planning: Planning, key: string, basisPoints = 10_000): Plan {
  if (!Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints > 10_000) {
    throw new BadValue('A percentage lies between 0 and 100, in steps of 0.01.', {
      next: 'For example 25, 0.5 or 0.01.',
    });
  }
  const flag = findLiveFlag(planning.world, key);
  const serves = flag.enabled && flag.basisPoints === basisPoints;
  return {
    title:
      basisPoints === 10_000
        ? `Enable ${key} for everyone`
        : `Enable ${key} for ${percent(basisPoints)} of guilds`,
    writes: [served(planning, flag, { enabled: true, basisPoints }, !serves)],
    notes: hindrances(planning.world, flag),
  };
}

export function planDisable(planning: Planning, key: string): Plan {
  const flag = findLiveFlag(planning.world, key);
  return {
    title: `Disable ${key}`,
    writes: [served(planning, flag, { enabled: false }, flag.enabled)],
    notes: ['Its settings are kept.', ...alsoOff(planning.world, key)],
  };
}

export function planKill(planning: Planning, key: string): Plan {
  const flag = findLiveFlag(planning.world, key);
  return {
    title: `Kill ${key}`,
    writes: [served(planning, flag, { killed: flag.killed ?? stamp(planning) }, flag.killed === null)],
    notes: [
      'It stays off, whatever its settings say, until someone unkills it.',
      ...alsoOff(planning.world, key),
    ],
  };
}

export function planUnkill(planning: Planning, key: string): Plan {
  const flag = findLiveFlag(planning.world, key);
  return {
    title: `Unkill ${key}`,
    writes: [served(planning, flag, { killed: null }, flag.killed !== null)],
    notes: hindrances(planning.world, { ...flag, killed: null }),
  };
}

export function planArchive(planning: Planning, key: string): Plan {
  const flag = findFlag(planning.world, key);
  return {
    title: `Archive ${key}`,
    writes: [served(planning, flag, { archived: flag.archived ?? stamp(planning) }, false)],
    notes: [
      'Its history is kept. Code that still asks for it gets its own default.',
      ...alsoOff(planning.world, key),
    ],
  };
}

/** Back, but disabled: whoever restores it looks at it before it is on for anyone. */
export function planRestore(planning: Planning, key: string): Plan {
  const flag = findFlag(planning.world, key);
  if (flag.archived === null) {
    throw new NotNow(`${key} is not archived.`, { next: 'There is nothing to restore.' });
  }
  return {
    title: `Restore ${key}`,
    writes: [served(planning, flag, { archived: null, enabled: false }, true)],
    notes: [
      'It comes back disabled, with its settings as they were.',
      ...(flag.killed === null ? [] : ['It is also still killed.']),
    ],
  };
}

export function planKillAll(planning: Planning): Plan {
  const off = everythingOff(planning.world) ?? stamp(planning);
  return {
    title: 'Turn everything off',
    writes: [{ ns: 'settings', key: switchKey, next: { schema: 1, off } }],
    notes: ['Every flag is off in every guild, whatever its settings say.'],
  };
}

export function planUnkillAll(planning: Planning): Plan {
  const { killSwitch } = planning.world;
  return {
    title: 'Release the kill switch for everything',
    writes:
      killSwitch === undefined ? [] : [{ ns: 'settings', key: switchKey, next: { schema: 1, off: null } }],
    notes: ['Every flag follows its own settings again.'],
  };
}

/** The flag with these settings. `moves`: whether it is served differently, which restarts its "since". */
export function served(
  planning: Planning,
  flag: FlagDocument,
  settings: Partial<Draft<'flags'>>,
  moves: boolean,
): { readonly ns: 'flags'; readonly key: string; readonly next: Draft<'flags'> } {
  const servedSince = moves ? planning.now : flag.servedSince;
  return {
    ns: 'flags',
    key: flag.key,
    next: { ...flag, ...settings, servedSince, updated: stamp(planning) },
  };
}

/** Why a flag that was just widened may still be off. */
export function hindrances(world: World, flag: FlagDocument): readonly string[] {
  const off = flag.requires.filter((key) => {
    const required = world.flags.get(key);
    return (
      required === undefined || required.archived !== null || !required.enabled || required.killed !== null
    );
  });
  return [
    ...(flag.killed === null ? [] : ['It is killed, so it stays off until someone unkills it.']),
    ...(everythingOff(world) === undefined
      ? []
      : ['Everything is turned off, so it stays off until that ends.']),
    ...(flag.ceiling === null
      ? []
      : ['A gradual rollback is in progress and still holds it off for some guilds.']),
    ...(off.length === 0
      ? []
      : [`It requires ${listed(off)}, which ${off.length === 1 ? 'is' : 'are'} off.`]),
  ];
}

function alsoOff(world: World, key: string): readonly string[] {
  const dependants = dependantsOf(world, key);
  if (dependants.length === 0) return [];
  return [
    `Off with it: ${count(dependants.length, 'flag that requires', 'flags that require')} it (${listed(dependants.slice(0, 5))}).`,
  ];
}
