/** Threads: started on a message or on their own, and their members. */
import { z } from 'zod';
import { text } from '../../rules/fields.js';
import { wireChannel } from '../../wire/guilds.js';
import type { Channel } from '../../world/model.js';
import { madeAt } from '../../world/snowflake.js';
import { refusals } from '../ApiError.js';
import type { RestRequest } from '../RestRequest.js';
import type { Rooms } from '../Rooms.js';
import { created, noContent, ok, type Router } from '../Router.js';

const textChannel = 0;
const publicThread = 11;
const privateThread = 12;

const onMessage = z.strictObject({
  name: text(1, 100),
  auto_archive_duration: z
    .union([z.literal(60), z.literal(1440), z.literal(4320), z.literal(10080)])
    .nullish(),
  rate_limit_per_user: z.number().int().min(0).max(21_600).nullish(),
  /** Discord needs none here; discord.js sends it all the same. */
  type: z.literal(publicThread).nullish(),
});
const onItsOwn = onMessage.extend({
  type: z.union([z.literal(publicThread), z.literal(privateThread)]).nullish(),
  invitable: z.boolean().nullish(),
});

export function threadRoutes(router: Router, rooms: Rooms): void {
  const { world } = rooms;
  router
    .on('POST', '/channels/:channel/messages/:message/threads', (request) => {
      const channel = parent(rooms, request, 'CreatePublicThreads');
      const message = rooms.message(channel, request.param('message'));
      if (message.threadId !== null) throw refusals.threadExists();
      // A thread on a message has the message's id, as on Discord.
      const thread = open(rooms, channel, message.id, publicThread, request.body(onMessage));
      message.threadId = thread.id;
      world.tell({ type: 'messageUpdate', message });
      return created(wireChannel(world, thread));
    })
    .on('POST', '/channels/:channel/threads', (request) => {
      const body = request.body(onItsOwn);
      const type = body.type ?? privateThread;
      const channel = parent(
        rooms,
        request,
        type === privateThread ? 'CreatePrivateThreads' : 'CreatePublicThreads',
      );
      return created(wireChannel(world, open(rooms, channel, world.ids.next(), type, body)));
    })
    .on('GET', '/channels/:channel/thread-members', (request) => {
      const thread = threadOf(rooms, request);
      return ok([...thread.facts.members].map((userId) => wireThreadMember(thread.channel, userId)));
    })
    .on('GET', '/channels/:channel/thread-members/:user', (request) => {
      const thread = threadOf(rooms, request);
      const userId = who(rooms, request);
      if (!thread.facts.members.has(userId)) throw refusals.unknownMember();
      return ok(wireThreadMember(thread.channel, userId));
    })
    .on('PUT', '/channels/:channel/thread-members/:user', (request) => {
      const thread = threadOf(rooms, request);
      const userId = who(rooms, request);
      if (!world.guildOf(thread.channel)?.members.has(userId)) throw refusals.unknownMember();
      thread.facts.members.add(userId);
      return noContent;
    })
    .on('DELETE', '/channels/:channel/thread-members/:user', (request) => {
      threadOf(rooms, request).facts.members.delete(who(rooms, request));
      return noContent;
    });
}

function parent(
  rooms: Rooms,
  request: RestRequest,
  right: 'CreatePublicThreads' | 'CreatePrivateThreads',
): Channel {
  const channel = rooms.channel(request.param('channel'), right);
  if (channel.type !== textChannel) throw refusals.wrongChannelType();
  return channel;
}

function open(
  rooms: Rooms,
  channel: Channel,
  id: string,
  type: number,
  body: Pick<z.output<typeof onItsOwn>, 'name' | 'auto_archive_duration'>,
): Channel {
  const { world } = rooms;
  const thread: Channel = {
    ...{
      id,
      type,
      guildId: channel.guildId,
      name: body.name,
      topic: null,
      parentId: channel.id,
      position: 0,
    },
    ...{ overwrites: new Map(), recipients: [], messages: new Map() },
    thread: {
      ...{ ownerId: world.bot.id, archived: false, locked: false, members: new Set([world.bot.id]) },
      autoArchiveMinutes: body.auto_archive_duration ?? 4320,
    },
  };
  world.addChannel(thread);
  return thread;
}

function threadOf(
  rooms: Rooms,
  request: RestRequest,
): { channel: Channel; facts: NonNullable<Channel['thread']> } {
  const channel = rooms.channel(request.param('channel'));
  if (!channel.thread) throw refusals.wrongChannelType();
  return { channel, facts: channel.thread };
}

function who({ world }: Rooms, request: RestRequest): string {
  const id = request.param('user');
  return id === '@me' ? world.bot.id : id;
}

function wireThreadMember(thread: Channel, userId: string): Record<string, unknown> {
  return {
    id: thread.id,
    user_id: userId,
    join_timestamp: new Date(madeAt(thread.id)).toISOString(),
    flags: 0,
  };
}
