/** What a guild's entry means for a flag: the two places where the flag's own settings decide whether a wish counts. */
import type { FlagDocument, GuildEntry } from './documents.js';

/** Enabled for everyone: a beta ends here. */
export function isReleased(flag: Pick<FlagDocument, 'enabled' | 'basisPoints'>): boolean {
  return flag.enabled && flag.basisPoints === 10_000;
}

/** Does the guild's "keep off" count? It lapses at 100 %, unless the flag says `always`. */
export function keepsOff(flag: FlagDocument, entry: GuildEntry | undefined): boolean {
  return entry?.keepOff !== undefined && countsKeepOff(flag);
}

export function countsKeepOff(flag: Pick<FlagDocument, 'optOut' | 'basisPoints'>): boolean {
  return flag.optOut === 'always' || flag.basisPoints < 10_000;
}

/**
 * Is the guild in the beta? Joining an open beta approves at once and for good; where the mode changes later, a request
 * that nobody has approved counts only while the beta is open.
 */
export function isInBeta(flag: Pick<FlagDocument, 'beta'>, entry: GuildEntry | undefined): boolean {
  if (entry?.joined === undefined) return false;
  return entry.answer === undefined ? flag.beta === 'open' : entry.answer.is === 'approved';
}

/** Does a request of this guild wait for staff's answer? */
export function isWaiting(flag: Pick<FlagDocument, 'beta'>, entry: GuildEntry | undefined): boolean {
  return entry?.joined !== undefined && entry.answer === undefined && flag.beta === 'approval';
}
