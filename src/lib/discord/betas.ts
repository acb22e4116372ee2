/** Betas as a guild sees them: which there are for it, and how it stands in each. */
import { RolloutError } from '../core/RolloutError.js';
import { countsKeepOff, isInBeta, isReleased, isWaiting } from '../flags/betaRights.js';
import type { FlagDocument, GuildEntry } from '../flags/documents.js';
import { fold, nearestNames, rank } from '../flags/nearest.js';
import type { FlagsRoom, Suggestion } from '../flags/FlagsRoom.js';

const entryOf = (flags: FlagsRoom, flag: string, guildId: string): GuildEntry | undefined =>
  flags.guild(guildId)?.entries[flag];

const hasWish = (entry: GuildEntry | undefined): boolean =>
  entry?.joined !== undefined || entry?.keepOff !== undefined;

/**
 * Flags that this guild may know of: betas that guilds may join, and any in which it has a wish of its own. Names of the
 * others are nobody's business outside the staff.
 */
export function betasFor(flags: FlagsRoom, guildId: string): readonly FlagDocument[] {
  return flags
    .list()
    .filter((flag) => flag.archived === null)
    .filter(
      (flag) => (flag.beta !== 'closed' && !isReleased(flag)) || hasWish(entryOf(flags, flag.key, guildId)),
    );
}

/** The same refusal whether there is no such flag or it is not for guilds. */
export class UnknownBeta extends RolloutError {
  public readonly code = 'UNKNOWN_BETA';

  public constructor(name: string, near: readonly string[]) {
    super(`There is no beta called "${name}".`, {
      next: near.length === 0 ? 'See /beta list for those there are.' : `Did you mean ${near.join(' or ')}?`,
    });
  }
}

/** Throws {@link UnknownBeta}. */
export function betaFor(flags: FlagsRoom, guildId: string, typed: string): FlagDocument {
  const name = typed.trim();
  const betas = betasFor(flags, guildId);
  const found = betas.find(({ key }) => key === name);
  if (found !== undefined) return found;
  throw new UnknownBeta(
    name,
    nearestNames(
      name,
      betas.map(({ key }) => key),
    ),
  );
}

/** Best match first. */
export function suggestBetas(flags: FlagsRoom, guildId: string, typed: string): readonly Suggestion[] {
  const wanted = fold(typed);
  return betasFor(flags, guildId)
    .map(({ key }) => ({ key, rank: rank(wanted, key) }))
    .filter((match): match is { key: string; rank: number } => match.rank !== undefined)
    .sort((a, b) => a.rank - b.rank || a.key.localeCompare(b.key))
    .slice(0, 25)
    .map(({ key }) => ({ name: key, value: key }));
}

/** How the guild stands with a beta. */
export type BetaStanding = 'kept off' | 'joined' | 'waiting' | 'declined' | 'open' | 'asks' | 'closed';

export function betaStanding(flag: FlagDocument, entry: GuildEntry | undefined): BetaStanding {
  if (entry?.keepOff !== undefined && countsKeepOff(flag)) return 'kept off';
  if (isInBeta(flag, entry)) return 'joined';
  if (isWaiting(flag, entry)) return 'waiting';
  if (entry?.answer?.is === 'declined') return 'declined';
  return flag.beta === 'open' ? 'open' : flag.beta === 'approval' ? 'asks' : 'closed';
}
