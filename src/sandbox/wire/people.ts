/** Users, members and roles as Discord writes them. */
import type { Wire } from './Wire.js';
import type { Guild, Member, Role, User } from '../world/model.js';
import type { World } from '../world/World.js';

export function wireUser(user: User): Wire {
  return {
    id: user.id,
    username: user.bot ? user.name : user.name.toLowerCase(),
    avatar: null,
    banner: null,
    accent_color: null,
    discriminator: user.bot ? '0001' : '0',
    public_flags: 0,
    flags: 0,
    global_name: user.bot ? null : user.name,
    primary_guild: null,
    ...(user.bot ? { bot: true } : {}),
  };
}

export function wireSelf(user: User): Wire {
  return { ...wireUser(user), mfa_enabled: true, locale: 'en-US', verified: true, email: null };
}

export function wireMember(world: World, member: Member): Wire {
  return { ...wireMemberWithoutUser(member), user: wireUser(world.user(member.userId)) };
}

export function wireMemberWithoutUser(member: Member): Wire {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    flags: 0,
    joined_at: '2024-01-02T00:00:00.000Z',
    nick: null,
    pending: false,
    premium_since: null,
    roles: [...member.roles],
    mute: false,
    deaf: false,
  };
}

export function wireRole(guild: Guild, role: Role): Wire {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position: role.position,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.botId !== null,
    mentionable: role.mentionable,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.botId === null ? {} : { tags: { bot_id: role.botId } }),
  };
}
