/** What a guild's entry comes to, in six bits, and which of them count for a flag as it is set. */
import { countsKeepOff } from '../betaRights.js';
import type { FlagDocument, GuildEntry } from '../documents.js';

export const denied = 1;
export const keptOff = 2;
export const allowed = 4;
export const targeted = 8;
/** Joined, and approved by staff or by an open beta. */
export const approved = 16;
/** Joined, and answered by nobody: counts while the beta is open. */
export const waiting = 32;

export function bitsOf(entry: GuildEntry | undefined): number {
  if (entry === undefined) return 0;
  const override = entry.override === undefined ? 0 : entry.override.is === 'deny' ? denied : allowed;
  const keeping = entry.keepOff === undefined ? 0 : keptOff;
  if (entry.joined === undefined) return override | keeping;
  const beta = entry.answer === undefined ? waiting : entry.answer.is === 'approved' ? approved : 0;
  return override | keeping | beta;
}

/** The bits that turn it off. */
export function offBits(flag: FlagDocument): number {
  return denied | (countsKeepOff(flag) ? keptOff : 0);
}

/** The bits that turn it on, where none turns it off. */
export function onBits(flag: FlagDocument): number {
  return allowed | targeted | approved | (flag.beta === 'open' ? waiting : 0);
}
