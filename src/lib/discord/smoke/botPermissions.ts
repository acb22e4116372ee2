/** What the bot may do in a channel, worked out as Discord does, from what REST tells: any process may ask, whatever guilds it serves. */
import { PermissionFlagsBits, type APIChannel, type APIGuildMember, type APIRole } from 'discord.js';

export interface Membership {
  readonly guildId: string;
  readonly userId: string;
  readonly member: Pick<APIGuildMember, 'roles'>;
  readonly roles: readonly APIRole[];
}

/** In the order of Discord's own documentation: everyone, roles, and the channel's overwrites from general to particular. */
export function permissionsIn(channel: APIChannel, membership: Membership): bigint {
  const { guildId, userId, member, roles } = membership;
  const own = new Set([guildId, ...member.roles]);
  const base = roles
    .filter(({ id }) => own.has(id))
    .reduce((bits, { permissions }) => bits | BigInt(permissions), 0n);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return ~0n;
  const overwrites = 'permission_overwrites' in channel ? (channel.permission_overwrites ?? []) : [];
  const apply = (bits: bigint, ids: ReadonlySet<string>): bigint => {
    const mine = overwrites.filter(({ id }) => ids.has(id));
    const denied = mine.reduce((sum, { deny }) => sum | BigInt(deny), 0n);
    const allowed = mine.reduce((sum, { allow }) => sum | BigInt(allow), 0n);
    return (bits & ~denied) | allowed;
  };
  const particular = new Set(member.roles);
  return [new Set([guildId]), particular, new Set([userId])].reduce(apply, base);
}

const needed = [
  ['View Channel', PermissionFlagsBits.ViewChannel],
  ['Send Messages', PermissionFlagsBits.SendMessages],
  ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads],
  ['Create Public Threads', PermissionFlagsBits.CreatePublicThreads],
  ['Read Message History', PermissionFlagsBits.ReadMessageHistory],
  ['Embed Links', PermissionFlagsBits.EmbedLinks],
  ['Attach Files', PermissionFlagsBits.AttachFiles],
] as const;

/** What the bot needs in each staff channel and lacks, as Discord names it. */
export function lackingIn(permissions: bigint): readonly string[] {
  return needed.filter(([, bit]) => (permissions & bit) === 0n).map(([name]) => name);
}

/** A role is pinged where everybody may, or where the bot may mention everyone. */
export function mayPing(role: APIRole, permissions: bigint): boolean {
  return role.mentionable || (permissions & PermissionFlagsBits.MentionEveryone) !== 0n;
}
