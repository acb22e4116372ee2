/** Guilds, channels and threads as Discord writes them. */
import type { Channel, Guild, Overwrite } from '../world/model.js';
import { madeAt } from '../world/snowflake.js';
import type { World } from '../world/World.js';
import { wireMember, wireMemberWithoutUser, wireRole, wireUser } from './people.js';
import type { Wire } from './Wire.js';

const iso = (ms: number): string => new Date(ms).toISOString();

export function wireGuild(guild: Guild, withCounts = false): Wire {
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    roles: [...guild.roles.values()].map((role) => wireRole(guild, role)),
    ...emptyGuildFields,
    ...(withCounts
      ? {
          approximate_member_count: guild.memberCount,
          approximate_presence_count: Math.ceil(guild.memberCount / 8),
        }
      : {}),
  };
}

const emptyGuildFields = {
  ...{ icon: null, description: null, home_header: null, splash: null, discovery_splash: null, banner: null },
  ...{ features: [], application_id: null, region: 'us-west', afk_channel_id: null, afk_timeout: 300 },
  ...{ system_channel_id: null, system_channel_flags: 0, widget_enabled: false, widget_channel_id: null },
  ...{ verification_level: 0, default_message_notifications: 0, mfa_level: 0, explicit_content_filter: 0 },
  ...{
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
  },
  ...{ vanity_url_code: null, premium_tier: 0, premium_subscription_count: 0, preferred_locale: 'en-US' },
  ...{ rules_channel_id: null, safety_alerts_channel_id: null, public_updates_channel_id: null },
  ...{
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  },
};

/** What GUILD_CREATE carries: the guild with its channels, and of its members the bot alone (the intent for members is another). */
export function wireGuildCreate(world: World, guild: Guild): Wire {
  const own = guild.members.get(world.bot.id);
  const all = [...guild.channels.values()];
  return {
    ...wireGuild(guild),
    joined_at: iso(madeAt(guild.id)),
    large: guild.memberCount > 50,
    unavailable: false,
    member_count: guild.memberCount,
    voice_states: [],
    members: own ? [wireMember(world, own)] : [],
    channels: all.filter(({ thread }) => thread === null).map((channel) => wireChannel(world, channel)),
    threads: all
      .filter((channel) => channel.thread?.archived === false && world.canSee(channel, world.bot.id))
      .map((channel) => wireChannel(world, channel)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

export function wireChannel(world: World, channel: Channel): Wire {
  const lastMessage = lastKey(channel.messages);
  const base = { id: channel.id, type: channel.type, flags: 0, last_message_id: lastMessage };
  if (channel.guildId === null) {
    const people = channel.recipients.filter((id) => id !== world.bot.id);
    return { ...base, recipients: people.map((id) => wireUser(world.user(id))) };
  }
  const inGuild = { ...base, guild_id: channel.guildId, name: channel.name, parent_id: channel.parentId };
  if (channel.thread !== null) return { ...inGuild, ...wireThreadFacts(channel, channel.thread) };
  return {
    ...inGuild,
    position: channel.position,
    topic: channel.topic,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites: [...channel.overwrites.values()].map(wireOverwrite),
  };
}

function wireThreadFacts(channel: Channel, thread: NonNullable<Channel['thread']>): Wire {
  const made = iso(madeAt(channel.id));
  return {
    owner_id: thread.ownerId,
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: made,
      auto_archive_duration: thread.autoArchiveMinutes,
      locked: thread.locked,
      create_timestamp: made,
    },
    rate_limit_per_user: 0,
    message_count: channel.messages.size,
    member_count: thread.members.size,
    total_message_sent: channel.messages.size,
  };
}

function wireOverwrite(overwrite: Overwrite): Wire {
  return {
    id: overwrite.id,
    type: overwrite.type === 'role' ? 0 : 1,
    allow: overwrite.allow.toString(),
    deny: overwrite.deny.toString(),
  };
}

/** A member with the rights that they have where an interaction happens. */
export function wireInteractionMember(world: World, guild: Guild, userId: string, permissions: bigint): Wire {
  const member = guild.members.get(userId);
  if (!member) throw new Error(`${userId} is not a member of ${guild.name}.`);
  return {
    ...wireMemberWithoutUser(member),
    user: wireUser(world.user(userId)),
    permissions: permissions.toString(),
  };
}

function lastKey(map: ReadonlyMap<string, unknown>): string | null {
  let last: string | null = null;
  for (const key of map.keys()) last = key;
  return last;
}
