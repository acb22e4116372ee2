/** What the bot may do in a channel, computed as Discord does it from the raw objects of its API. */
import {
  OverwriteType,
  PermissionFlagsBits,
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
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

/** Everyone's overwrite first, then those of the roles together, then the member's own; in each, denials before grants. */
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
  const rights = layers.reduce(
    (sum, layer) => (sum & ~merged(layer, 'deny')) | merged(layer, 'allow'),
    inGuild,
  );
  // Whoever does not see a channel can do nothing in it.
  return (rights & PermissionFlagsBits.ViewChannel) === 0n ? 0n : rights;
}
