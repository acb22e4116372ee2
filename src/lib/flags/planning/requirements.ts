/** Which flags hang on which: prerequisites, and what a change of one means for the others. */
import { BadValue, PrerequisiteCycle } from '../errors.js';
import type { World } from '../world.js';
import { findLiveFlag } from './lookups.js';

/** Refuses prerequisites that do not exist, and circles (named in full). */
export function checkRequirements(world: World, key: string, requires: readonly string[]): void {
  if (new Set(requires).size !== requires.length) {
    throw new BadValue('A prerequisite is named twice.', { next: 'Name each once.' });
  }
  for (const required of requires) {
    if (required === key) throw new PrerequisiteCycle([key, key]);
    findLiveFlag(world, required);
    const path = pathTo(world, required, key, new Set());
    if (path !== undefined) throw new PrerequisiteCycle([key, ...path]);
  }
}

function pathTo(world: World, from: string, to: string, seen: Set<string>): readonly string[] | undefined {
  if (from === to) return [to];
  if (seen.has(from)) return undefined;
  seen.add(from);
  for (const next of world.flags.get(from)?.requires ?? []) {
    const path = pathTo(world, next, to, seen);
    if (path !== undefined) return [from, ...path];
  }
  return undefined;
}

/** Flags that require this one directly; archived ones do not count. */
export function dependantsOf(world: World, key: string): readonly string[] {
  return [...world.flags.values()]
    .filter((flag) => flag.archived === null && flag.requires.includes(key))
    .map((flag) => flag.key);
}

/** These flags and all that hang on them, however far, in either of two worlds. */
export function withDependants(worlds: readonly World[], keys: Iterable<string>): ReadonlySet<string> {
  const dependants = new Map<string, string[]>();
  for (const world of worlds) {
    for (const flag of world.flags.values()) {
      for (const required of flag.requires) {
        const known = dependants.get(required);
        if (known === undefined) dependants.set(required, [flag.key]);
        else known.push(flag.key);
      }
    }
  }
  const found = new Set(keys);
  // A set hands out what is added while it is walked.
  for (const key of found) for (const dependant of dependants.get(key) ?? []) found.add(dependant);
  return found;
}

/** These flags and all that they require, however far. */
export function withRequirements(world: World, keys: Iterable<string>): ReadonlySet<string> {
  const found = new Set(keys);
  for (const key of found) for (const required of world.flags.get(key)?.requires ?? []) found.add(required);
  return found;
}
