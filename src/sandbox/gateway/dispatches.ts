/** Which gateway event each change of the world becomes, for which guild's shard, behind which intent. */
import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import { wireChannel, wireGuild, wireGuildCreate } from '../wire/guilds.js';
import { wireMessage } from '../wire/messages.js';
import { wireMember, wireMemberWithoutUser } from '../wire/people.js';
import type { Wire } from '../wire/Wire.js';
import type { Channel, Message, WorldEvent } from '../world/model.js';
import type { World } from '../world/World.js';

export interface Dispatch {
  /** null: direct messages, which are shard 0's. */
  readonly guildId: string | null;
  readonly event: string;
  readonly data: unknown;
  /** 0: everybody gets it. */
  readonly intent: number;
}

export function toDispatches(world: World, event: WorldEvent): Dispatch[] {
  switch (event.type) {
    case 'messageCreate':
    case 'messageUpdate':
    case 'messageDelete':
      return ofMessage(world, event.type, event.message);
    case 'guildCreate':
      return [guildEvent(event.guild.id, 'GUILD_CREATE', wireGuildCreate(world, event.guild))];
    case 'guildUpdate':
      return [guildEvent(event.guild.id, 'GUILD_UPDATE', wireGuild(event.guild))];
    case 'guildDelete':
      return [guildEvent(event.guild.id, 'GUILD_DELETE', { id: event.guild.id })];
    case 'channelCreate':
    case 'channelUpdate':
    case 'channelDelete':
      return ofChannel(world, event.type, event.channel);
    case 'memberUpdate': {
      const { guild, member } = event;
      const data = { guild_id: guild.id, ...wireMember(world, member) };
      const intent = member.userId === world.bot.id ? Intent.Guilds : Intent.GuildMembers;
      return [{ guildId: guild.id, event: 'GUILD_MEMBER_UPDATE', data, intent }];
    }
    case 'commandsChange':
      return [];
  }
}

const guildEvent = (guildId: string, event: string, data: unknown): Dispatch => ({
  ...{ guildId, event, data },
  intent: Intent.Guilds,
});

const messageEvents = {
  messageCreate: 'MESSAGE_CREATE',
  messageUpdate: 'MESSAGE_UPDATE',
  messageDelete: 'MESSAGE_DELETE',
} as const;

/** Bots do not hear of ephemeral messages, nor of channels that they cannot see. */
function ofMessage(world: World, type: keyof typeof messageEvents, message: Message): Dispatch[] {
  const channel = world.channels.get(message.channelId);
  if (!channel || message.onlyFor !== null || !world.canSee(channel, world.bot.id)) return [];
  const guild = world.guildOf(channel);
  const place = guild ? { guild_id: guild.id } : {};
  const author = guild?.members.get(message.authorId);
  const data: Wire =
    type === 'messageDelete'
      ? { id: message.id, channel_id: channel.id, ...place }
      : {
          ...wireForBot(world, message),
          ...place,
          ...(author ? { member: wireMemberWithoutUser(author) } : {}),
        };
  const intent = guild ? Intent.GuildMessages : Intent.DirectMessages;
  return [{ guildId: channel.guildId, event: messageEvents[type], data, intent }];
}

/** Without the message content intent, a bot reads only its own messages, those that mention it, and its direct messages. */
function wireForBot(world: World, message: Message): Wire {
  const wire: Wire = { ...wireMessage(world, message) };
  const isOwn = message.authorId === world.bot.id || message.pinged.users.includes(world.bot.id);
  const isDirect = world.channels.get(message.channelId)?.guildId === null;
  return isOwn || isDirect ? wire : { ...wire, content: '', embeds: [], components: [], attachments: [] };
}

const channelEvents = {
  channelCreate: ['CHANNEL_CREATE', 'THREAD_CREATE'],
  channelUpdate: ['CHANNEL_UPDATE', 'THREAD_UPDATE'],
  channelDelete: ['CHANNEL_DELETE', 'THREAD_DELETE'],
} as const;

function ofChannel(world: World, type: keyof typeof channelEvents, channel: Channel): Dispatch[] {
  if (channel.guildId === null) return [];
  if (channel.thread && type !== 'channelDelete' && !world.canSee(channel, world.bot.id)) return [];
  const event = channelEvents[type][channel.thread ? 1 : 0];
  return [guildEvent(channel.guildId, event, wireChannel(world, channel))];
}
