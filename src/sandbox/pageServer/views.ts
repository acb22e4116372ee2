/** The world in the page's words, through one person's eyes. */
import { MessageFlags } from 'discord-api-types/v10';
import type { BotState, PageChannel, PageGuild, PageMessage, PageSnapshot, PageUser } from '../pageApi.js';
import type { SimulationView } from '../simulation/Knobs.js';
import type { Channel, Guild, Message, User } from '../world/model.js';
import { may } from '../world/permissions.js';
import type { World } from '../world/World.js';

/** More people than this are reached by name only. */
const offeredPeople = 60;

const viewUser = ({ id, name, bot }: User): PageUser => ({ id, name, bot });

export function viewSnapshot(
  world: World,
  me: User,
  botState: BotState,
  simulation: SimulationView | null,
): PageSnapshot {
  const direct = world.findDirectMessages(me.id);
  const mine = [...world.guilds.values()].filter(({ members }) => members.has(me.id));
  return {
    me: viewUser(me),
    bot: viewUser(world.bot),
    people: [...world.users.values()]
      .filter(({ bot }) => !bot)
      .slice(0, offeredPeople)
      .map(viewUser),
    guilds: mine.map((guild) => viewGuild(world, guild, me)),
    directMessages: direct ? viewChannel(world, direct, me) : null,
    botState,
    simulation,
  };
}

function viewGuild(world: World, guild: Guild, me: User): PageGuild {
  return {
    id: guild.id,
    name: guild.name,
    memberCount: guild.memberCount,
    channels: [...guild.channels.values()]
      .filter((channel) => world.canSee(channel, me.id))
      .map((channel) => viewChannel(world, channel, me)),
    roles: [...guild.roles.values()].map(({ id, name, color }) => ({ id, name, color })),
  };
}

function viewChannel(world: World, channel: Channel, me: User): PageChannel {
  const { id, type, parentId, thread, isMuted = false } = channel;
  const name = type === 1 ? world.bot.name : channel.name;
  const needed = thread ? 'SendMessagesInThreads' : 'SendMessages';
  return { id, name, type, parentId, canSend: may(world.permissions(channel, me.id), needed), isMuted };
}

export function viewMessage(world: World, message: Message, me: User): PageMessage {
  const { origin, pinged } = message;
  const member = world.guildOf(world.channels.get(message.channelId) ?? gone(message))?.members.get(me.id);
  return {
    id: message.id,
    channelId: message.channelId,
    author: viewUser(world.user(message.authorId)),
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments,
    flags: message.flags | (message.onlyFor === null ? 0 : MessageFlags.Ephemeral),
    ephemeral: message.onlyFor !== null,
    thinking: (message.flags & MessageFlags.Loading) !== 0,
    timestamp: new Date(message.sentAt).toISOString(),
    editedTimestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    ...(origin
      ? {
          answers: {
            user: viewUser(world.user(origin.userId)),
            ...(origin.command === null ? {} : { command: origin.command }),
          },
        }
      : {}),
    ...(message.threadId === null ? {} : { threadId: message.threadId }),
    pinged:
      pinged.everyone ||
      pinged.users.includes(me.id) ||
      pinged.roles.some((role) => member?.roles.has(role) ?? false),
  };
}

function gone({ channelId }: Message): never {
  throw new Error(`The channel ${channelId} of a message is gone.`);
}
