/** Reads who asks from an interaction, whether its guild is in the cache or not. */
import type { BaseInteraction } from 'discord.js';
import type { Actor } from '../flags/changes.js';
import type { Person } from './rights.js';

export function personOf(interaction: BaseInteraction): Person {
  const roles = interaction.member?.roles;
  return {
    userId: interaction.user.id,
    guildId: interaction.guildId,
    roleIds: roles === undefined ? [] : Array.isArray(roles) ? roles : [...roles.cache.keys()],
    permissions: interaction.memberPermissions?.bitfield ?? 0n,
  };
}

/** The unique user name, not the display name: the audit must not be fooled by someone who calls himself like another. */
export function actorOf(interaction: BaseInteraction): Actor {
  return { id: interaction.user.id, name: interaction.user.username };
}
