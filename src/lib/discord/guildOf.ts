import { Guild } from 'discord.js';

/** The guild that an event's or a command's arguments are about; null where there is none, as in a direct message. */
export function guildOf(args: readonly unknown[]): string | null {
  for (const argument of args) {
    if (argument instanceof Guild) return argument.id;
    if (typeof argument !== 'object' || argument === null) continue;
    const { guildId, guild } = argument as {
      readonly guildId?: unknown;
      readonly guild?: { readonly id?: unknown };
    };
    if (typeof guildId === 'string') return guildId;
    if (typeof guild?.id === 'string') return guild.id;
  }
  return null;
}
