/** What the bot may do in a channel, worked out as Discord does from what its API tells: any process may ask, whatever guilds it serves. */
import {
  OverwriteType,
  PermissionFlagsBits,
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
} from 'discord.js';

/** As Discord's settings call them. */
export const neededInStaffChannels = [
  ['View Channel', PermissionFlagsBits.ViewChannel],
  ['Send Messages', PermissionFlagsBits.SendMessages],
  ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads],
  ['Create Public Threads', PermissionFlagsBits.CreatePublicThreads],
  ['Read Message History', PermissionFlagsBits.ReadMessageHistory],
  ['Embed Links', PermissionFlagsBits.EmbedLinks],
  ['Attach Files', PermissionFlagsBits.AttachFiles],
] as const;

const everything = ~0n;

/** In the guild as a whole, before any channel's own rules. */
export function guildRights(
  guild: Pick<APIGuild, 'id' | 'owner_id' | 'roles'>,
  member: APIGuildMember,
): bigint {
  if (member.user.id === guild.owner_id) return everything;
  const own = guild.roles.filter(({ id }) => id === guild.id || member.roles.includes(id));
  const granted = own.reduce((sum, role) => sum | BigInt(role.permissions), 0n);
  return (granted & PermissionFlagsBits.Administrator) !== 0n ? everything : granted;
}

/**
 * Everyone's overwrite first, then those of the roles together, then the member's own; in each, denials before grants.
 * Each right by itself: that nothing can be done in a channel that is not seen is left to whoever asks.
 */
export function channelRights(
  inGuild: bigint,
  overwrites: readonly APIOverwrite[],
  guildId: string,
  member: APIGuildMember,
): bigint {
  if (inGuild === everything) return everything;
  const layers = [
    overwrites.filter(({ id }) => id === guildId),
    overwrites.filter(
      ({ id, type }) => type === OverwriteType.Role && id !== guildId && member.roles.includes(id),
    ),
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === member.user.id),
  ];
  const merged = (layer: readonly APIOverwrite[], which: 'allow' | 'deny'): bigint =>
    layer.reduce((sum, overwrite) => sum | BigInt(overwrite[which]), 0n);
  return layers.reduce((sum, layer) => (sum & ~merged(layer, 'deny')) | merged(layer, 'allow'), inGuild);
}

/** What the bot needs in each staff channel and lacks, as Discord names it. */
export function lackingIn(rights: bigint): readonly string[] {
  return neededInStaffChannels.filter(([, bit]) => (rights & bit) === 0n).map(([name]) => name);
}

/** A role is pinged where everybody may, or where the bot may mention everyone. */
export function mayPing(role: Pick<APIRole, 'mentionable'>, rights: bigint): boolean {
  return role.mentionable || (rights & PermissionFlagsBits.MentionEveryone) !== 0n;
}
