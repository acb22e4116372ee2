/** The check for a host's own tests: what should be gone by now, and is still there. */
import { RolloutError } from '../core/RolloutError.js';
import { type Deprecation, when } from './Deprecation.js';
import { compareVersions, isDay, isVersion } from './due.js';
import { deprecations } from './registry.js';

export interface Present {
  /** Of the host, as its package.json says. */
  readonly version?: string;
  /** @default now */
  readonly today?: Date;
}

/** Something that was to be removed is still there. */
export class ExpiredDeprecations extends RolloutError {
  public readonly code = 'EXPIRED_DEPRECATIONS';

  public constructor(public readonly expired: readonly Deprecation[]) {
    const lines = expired.map(
      ({ what, removeIn, instead }) =>
        `- ${what} was to be gone ${when(removeIn)}; ${instead} takes its place`,
    );
    super(`Still in the code after its time:\n${lines.join('\n')}`, {
      next: 'Remove it, or give it more time by a later `removeIn`.',
    });
  }
}

/** The host's version is needed, and is missing or none. */
export class UnknownVersion extends RolloutError {
  public readonly code = 'UNKNOWN_VERSION';
}

/**
 * What is past its `removeIn`, of all that was loaded: import your commands and services first.
 *
 * @throws {UnknownVersion} where a deprecation ends with a version and none is given
 */
export function expiredDeprecations({ version, today = new Date() }: Present): readonly Deprecation[] {
  const day = today.toISOString().slice(0, 10);
  return deprecations().filter(({ what, removeIn }) => {
    if (isDay(removeIn)) return day >= removeIn;
    if (version === undefined || !isVersion(version)) {
      throw new UnknownVersion(
        `${what} goes away in ${removeIn}, and ${version === undefined ? 'no version was given' : `"${version}" is no version`}.`,
        { next: 'Pass the version of your package.json: { version }.' },
      );
    }
    return compareVersions(version, removeIn) >= 0;
  });
}

/**
 * For a test of the host's: fails with the list of all that should be gone by now.
 *
 * @example
 * import './commands/index.js';
 * test('nothing outlives its removal', () => assertNoExpiredDeprecations({ version: packageJson.version }));
 * @throws {ExpiredDeprecations} {@link UnknownVersion}
 */
export function assertNoExpiredDeprecations(present: Present): void {
  const expired = expiredDeprecations(present);
  if (expired.length > 0) throw new ExpiredDeprecations(expired);
}
