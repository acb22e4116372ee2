/** Something of the host's that is about to go: what it is, since when, until when, and what takes its place. */
import { RolloutError } from '../core/RolloutError.js';
import { isDay, isVersion } from './due.js';

export interface DeprecatedOptions {
  /** The version, or the day (YYYY-MM-DD), in which it was deprecated. */
  readonly since: string;
  /** The version, or the day, in which it is to be gone: from then on `assertNoExpiredDeprecations` fails. */
  readonly removeIn: string;
  /** What to use in its place, as its users write it: `/greet`, `Greetings.greet()`. */
  readonly instead: string;
  /** The flag that brings what takes its place: use is shown in its `/feature info`. */
  readonly flag?: string;
  /** Of Node's warning, so that a host can tell them apart. @default `DEP_` and the name in capitals */
  readonly code?: string;
}

export interface Deprecation {
  /** `/oldgreet` or `Greeter.greet`. */
  readonly what: string;
  readonly since: string;
  readonly removeIn: string;
  readonly instead: string;
  readonly flag: string | null;
  readonly code: string;
}

/** A deprecation that makes no sense: a mistake in the host's code. */
export class BadDeprecation extends RolloutError {
  public readonly code = 'BAD_DEPRECATION';
}

/** @throws {BadDeprecation} */
export function checkDeprecation({ since, removeIn, instead }: DeprecatedOptions): void {
  for (const [name, value] of Object.entries({ since, removeIn })) {
    if (isVersion(value) || isDay(value)) continue;
    throw new BadDeprecation(`${name} is "${value}"; it is a version (3.0.0) or a day (2027-01-31).`);
  }
  if (instead.trim() === '') throw new BadDeprecation('`instead` is empty; say what to use in its place.');
}

/** `DEP_GREETER_GREET` */
export function codeOf(what: string): string {
  return `DEP_${what
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .toUpperCase()}`;
}

/** For code: "Greeter.greet is deprecated since 2.3.0 and goes away in 3.0.0: use Greeter.welcome instead." */
export function describeDeprecation({ what, since, removeIn, instead }: Deprecation): string {
  return `${what} is deprecated since ${since} and goes away ${when(removeIn)}: use ${instead} instead.`;
}

/** `in 3.0.0`, `on 2027-01-31` */
export function when(removeIn: string): string {
  return isDay(removeIn) ? `on ${removeIn}` : `in ${removeIn}`;
}
