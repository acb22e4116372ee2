/**
 * Every deprecation of the host's code, from the moment its class is defined, and how often each was used. One list a
 * process: the CommonJS and the ESM copy of this package may both be loaded.
 */
import { checkDeprecation, codeOf, type DeprecatedOptions, type Deprecation } from './Deprecation.js';

const slot: unique symbol = Symbol.for('sapphire-plugin-rollouts.deprecations');

interface Shared {
  readonly byName: Map<string, Deprecation>;
  /** Uses by name, since they were taken last. */
  uses: Map<string, number>;
}

const shared: Shared = ((globalThis as { [slot]?: Shared })[slot] ??= { byName: new Map(), uses: new Map() });

/** The same name again (a class that is loaded anew) takes the place of the first. @throws {BadDeprecation} */
export function deprecate(what: string, options: DeprecatedOptions): Deprecation {
  checkDeprecation(options);
  const { since, removeIn, instead, flag = null, code = codeOf(what) } = options;
  const deprecation = { what, since, removeIn, instead, flag, code };
  shared.byName.set(what, deprecation);
  return deprecation;
}

/** It is called otherwise than was thought: a command's name is known only when it is built. */
export function rename(deprecation: Deprecation, what: string): Deprecation {
  if (shared.byName.get(deprecation.what) === deprecation) shared.byName.delete(deprecation.what);
  const renamed = { ...deprecation, what };
  shared.byName.set(what, renamed);
  return renamed;
}

export function deprecations(): readonly Deprecation[] {
  return [...shared.byName.values()].sort((a, b) => (a.what < b.what ? -1 : 1));
}

export function noteUse({ what }: Pick<Deprecation, 'what'>): void {
  shared.uses.set(what, (shared.uses.get(what) ?? 0) + 1);
}

/** Uses by name since the last call. */
export function takeUses(): ReadonlyMap<string, number> {
  const taken = shared.uses;
  shared.uses = new Map();
  return taken;
}
