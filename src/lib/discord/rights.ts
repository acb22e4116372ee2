/** Who may do what. One place decides it, for commands, buttons, modals and autocomplete alike. */
import { PermissionFlagsBits } from 'discord.js';
import type { StaffConfig } from '../../config/Config.js';
import { RolloutError } from '../core/RolloutError.js';

/**
 * What something asks of the person who wants it. `admin`: widening and settings · `narrow`: turning off, for whomever ·
 * `look`: reading · `approve`: being the second person · `manager`: Manage Server in the guild where it is asked.
 */
export type Need = 'admin' | 'narrow' | 'look' | 'approve' | 'manager';

/** What a person is in the staff guild. */
export type Standing = 'admin' | 'staff' | 'none';

/** What Discord says of the person with every interaction, in the guild where it happened. */
export interface Person {
  readonly userId: string;
  /** null in direct messages. */
  readonly guildId: string | null;
  readonly roleIds: readonly string[];
  /** The person's permissions in that channel; the owner of a guild has all of them. */
  readonly permissions: bigint;
}

/** Roles and permissions count in the staff guild only: an Administrator of any other guild is nobody here. */
export function standingOf(person: Person, staff: StaffConfig): Standing {
  if (person.guildId !== staff.guildId) return 'none';
  const owns = (person.permissions & PermissionFlagsBits.Administrator) !== 0n;
  const isAmong = (roles: readonly string[]): boolean =>
    roles.length === 0 ? owns : roles.some((role) => person.roleIds.includes(role));
  if (isAmong(staff.adminRoleIds)) return 'admin';
  const isOnCall = staff.onCallRoleId !== undefined && person.roleIds.includes(staff.onCallRoleId);
  return isOnCall || isAmong(staff.staffRoleIds) ? 'staff' : 'none';
}

/** An Administrator has every other permission, too. */
const managing = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator;

export function may(person: Person, need: Need, staff: StaffConfig): boolean {
  if (need === 'manager') return person.guildId !== null && (person.permissions & managing) !== 0n;
  if (need === 'approve') return isApprover(person, staff);
  const standing = standingOf(person, staff);
  return (
    standing === 'admin' ||
    (standing === 'staff' && need !== 'admin') ||
    // Nobody can agree to what they may not see.
    (need === 'look' && isApprover(person, staff))
  );
}

function isApprover(
  { guildId, roleIds }: Person,
  { guildId: staffGuildId, approverRoleIds = [] }: StaffConfig,
): boolean {
  return guildId === staffGuildId && approverRoleIds.some((role) => roleIds.includes(role));
}

/** The identifier of the UserError that our preconditions answer with; its context is `{ need }`. */
export const forbiddenIdentifier = 'rolloutsForbidden';

/** The person may not do this; says who may. */
export class Forbidden extends RolloutError {
  public readonly code = 'FORBIDDEN';

  /** `You may not do this`: what stands above {@link why}. */
  public readonly title: string;
  /** Who may, in one sentence. */
  public readonly why: string;

  public constructor(public readonly need: Need) {
    const { not, why, next } = whoMay[need];
    super(`${not}: ${why.charAt(0).toLowerCase()}${why.slice(1)}`, { next, context: { need } });
    this.title = not;
    this.why = why;
  }
}

const whoMay: Readonly<Record<Need, { readonly not: string; readonly why: string; readonly next: string }>> =
  {
    admin: {
      not: 'You may not do this',
      why: 'Only rollout admins may turn something on or change settings.',
      next: 'Ask an admin. Staff and on-call may turn things off: /feature kill, /feature disable, /rollback now.',
    },
    narrow: {
      not: 'You may not do this',
      why: 'Only rollout admins, staff and on-call may, in the staff guild.',
      next: 'Ask one of them, or an admin to give you the role.',
    },
    look: {
      not: 'You may not see this',
      why: 'Only rollout admins, staff and on-call may, in the staff guild.',
      next: 'Ask one of them, or an admin to give you the role.',
    },
    approve: {
      not: 'You may not answer this',
      why: 'Only members with an approver role may approve or decline.',
      next: 'Ask one of them. An admin may break the glass, with a reason: /rollout approve break-glass:True.',
    },
    manager: {
      not: 'You may not do this',
      why: 'Only members with the Manage Server permission decide about betas for a guild.',
      next: 'Ask someone who manages this guild.',
    },
  };
