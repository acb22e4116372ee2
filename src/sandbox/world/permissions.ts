/** Who may do what where, as Discord computes it: roles, then the channel's overwrites; a thread has those of its channel. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Channel, Guild, Overwrite } from './model.js';

const everything = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);
const none = 0n;

/** What anybody may do in a direct message. */
const inDirectMessages =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.UseApplicationCommands;

/** The person's rights in the guild as a whole; none for someone who is not a member. */
function guildPermissions(guild: Guild, userId: string): bigint {
  const member = guild.members.get(userId);
  if (member === undefined) return none;
  if (guild.ownerId === userId) return everything;
  let bits = guild.roles.get(guild.id)?.permissions ?? none;
  for (const roleId of member.roles) bits |= guild.roles.get(roleId)?.permissions ?? none;
  return bits & PermissionFlagsBits.Administrator ? everything : bits;
}

/** The person's rights in one channel. `guild` is null for a direct message. */
export function channelPermissions(guild: Guild | null, channel: Channel, userId: string): bigint {
  if (guild === null) return channel.recipients.includes(userId) ? inDirectMessages : none;
  const base = guildPermissions(guild, userId);
  if (base === everything || base === none) return base;
  const scope = channel.parentId === null ? channel : (guild.channels.get(channel.parentId) ?? channel);
  const bits = withOverwrites(base, guild, scope, userId);
  if (!(bits & PermissionFlagsBits.ViewChannel)) return none;
  if (channel.type === 12 && channel.thread?.members.has(userId) === false) return none;
  const needed = channel.thread
    ? PermissionFlagsBits.SendMessagesInThreads
    : PermissionFlagsBits.SendMessages;
  return bits & needed ? bits : bits & ~withoutSending;
}

/** Who may not send may not do these either. */
const withoutSending =
  PermissionFlagsBits.MentionEveryone | PermissionFlagsBits.EmbedLinks | PermissionFlagsBits.AttachFiles;

function withOverwrites(base: bigint, guild: Guild, channel: Channel, userId: string): bigint {
  const apply = (bits: bigint, { allow, deny }: Pick<Overwrite, 'allow' | 'deny'>) => (bits & ~deny) | allow;
  let bits = base;
  const everyone = channel.overwrites.get(guild.id);
  if (everyone) bits = apply(bits, everyone);
  let allow = none;
  let deny = none;
  for (const roleId of guild.members.get(userId)?.roles ?? []) {
    const overwrite = channel.overwrites.get(roleId);
    allow |= overwrite?.allow ?? none;
    deny |= overwrite?.deny ?? none;
  }
  bits = apply(bits, { allow, deny });
  const own = channel.overwrites.get(userId);
  return own ? apply(bits, own) : bits;
}

/** Whether `bits` holds all of `wanted`. */
export function may(bits: bigint, ...wanted: readonly (keyof typeof PermissionFlagsBits)[]): boolean {
  return wanted.every((name) => (bits & PermissionFlagsBits[name]) !== none);
}
