/** What right a change asks for. Narrowing is for everyone of the staff, at any hour; the rest is for admins. */
import type { FlagChange } from '../flags/changes.js';
import type { Override } from '../flags/documents.js';
import type { FlagsRoom } from '../flags/FlagsRoom.js';
import type { Proposal } from '../flags/results.js';
import type { Need } from './rights.js';

/** undefined: it depends on the state of the moment; ask {@link needNow}. */
export function needOf(change: FlagChange): Need | undefined {
  switch (change.do) {
    case 'disable':
    case 'deny':
    case 'deny-cohort':
    case 'kill':
    case 'kill-all':
    case 'beta-decline':
      return 'narrow';
    case 'beta-join':
    case 'beta-leave':
    case 'keep-off':
    case 'keep-off-end':
    case 'beta-channel':
      return 'manager';
    case 'enable':
      return change.basisPoints === undefined ? 'admin' : undefined;
    case 'clear':
    case 'clear-cohort':
    case 'undo':
      return undefined;
    default:
      return 'admin';
  }
}

/**
 * What a change asks for that is narrow in one state and wide in another. Whoever may only narrow must have it refused
 * if the state moves between this answer and the commit.
 */
export function needNow(change: FlagChange, flags: FlagsRoom, proposal: Proposal): Need {
  return isNarrowNow(change, flags, proposal) ? 'narrow' : 'admin';
}

function isNarrowNow(change: FlagChange, flags: FlagsRoom, proposal: Proposal): boolean {
  switch (change.do) {
    case 'enable': {
      const { enabled, basisPoints } = flags.flag(change.flag);
      return enabled && change.basisPoints !== undefined && change.basisPoints < basisPoints;
    }
    case 'clear':
      return isNoDeny(flags.guild(change.guild)?.entries[change.flag]?.override?.is);
    case 'clear-cohort':
      return isNoDeny(flags.flag(change.flag).cohorts[change.cohort]?.override);
    default:
      return proposal.blast.guilds === 0 && proposal.blast.guildsOff > 0;
  }
}

/** Clearing what is not there changes nothing, and anyone of the staff may find that out. */
const isNoDeny = (override: Override | undefined): boolean => override !== 'deny';
