/** Messages of a channel: sent, read, edited, deleted. */
import { MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { newMessage } from '../../rules/message.js';
import { wireMessage } from '../../wire/messages.js';
import type { Channel, Message } from '../../world/model.js';
import { invalidForm, refusals } from '../ApiError.js';
import type { RestRequest } from '../RestRequest.js';
import type { Rooms } from '../Rooms.js';
import { noContent, ok, type RestAnswer, type Router } from '../Router.js';

export function messageRoutes(router: Router, rooms: Rooms): void {
  const { world, messages } = rooms;
  const path = '/channels/:channel/messages';
  router
    .on('POST', path, (request) => send(rooms, request))
    .on('GET', path, (request) => {
      const channel = rooms.channel(request.param('channel'));
      return ok(list(rooms, channel, request).map((message) => wireMessage(world, message)));
    })
    .on('GET', `${path}/:message`, (request) => {
      const channel = rooms.channel(request.param('channel'), 'ReadMessageHistory');
      return ok(wireMessage(world, rooms.message(channel, request.param('message'))));
    })
    .on('PATCH', `${path}/:message`, (request) => {
      const channel = rooms.channel(request.param('channel'));
      const message = rooms.message(channel, request.param('message'));
      if (message.authorId !== world.bot.id) throw refusals.notYourMessage();
      if (channel.thread?.archived) throw refusals.archivedThread();
      return ok(wireMessage(world, messages.edit(message, request.json, request.files)));
    })
    .on('DELETE', `${path}/:message`, (request) => {
      const channel = rooms.channel(request.param('channel'));
      const message = rooms.message(channel, request.param('message'));
      if (message.authorId !== world.bot.id) rooms.channel(channel.id, 'ManageMessages');
      messages.remove(message);
      return noContent;
    });
}

function send(rooms: Rooms, request: RestRequest): RestAnswer {
  const { world, messages } = rooms;
  const channel = rooms.channel(request.param('channel'));
  const body = request.body(newMessage);
  checkRights(
    rooms,
    channel,
    body.embeds?.length ? 'EmbedLinks' : null,
    request.files.length ? 'AttachFiles' : null,
  );
  if ((body.flags ?? 0) & MessageFlags.Ephemeral) throw badFlags();
  const nonce = body.nonce === null || body.nonce === undefined ? null : String(body.nonce);
  if (nonce !== null && body.enforce_nonce) {
    const earlier = messages.findByNonce(channel, world.bot.id, nonce);
    if (earlier) return ok(wireMessage(world, earlier, true));
  }
  const replyTo = replied(channel, body.message_reference);
  const message = messages.send({
    ...{ channel, authorId: world.bot.id, body, files: request.files, nonce, replyTo },
    type: replyTo === null ? 0 : 19,
  });
  return ok(wireMessage(world, message, true));
}

/** Throws 50007, 50083 or 50013 where the bot may not write this here. */
function checkRights(
  rooms: Rooms,
  channel: Channel,
  ...more: readonly ('EmbedLinks' | 'AttachFiles' | null)[]
): void {
  const { world } = rooms;
  for (const id of channel.guildId === null ? channel.recipients : []) {
    if (world.user(id).directMessagesClosed) throw refusals.cannotMessageUser();
  }
  if (channel.thread?.locked) throw refusals.archivedThread();
  if (channel.thread?.archived) {
    channel.thread.archived = false;
    world.tell({ type: 'channelUpdate', channel });
  }
  rooms.channel(channel.id, channel.thread ? 'SendMessagesInThreads' : 'SendMessages');
  for (const right of more) if (right !== null) rooms.channel(channel.id, right);
}

function replied(
  channel: Channel,
  reference: { message_id: string; fail_if_not_exists?: boolean | null } | null | undefined,
): string | null {
  if (!reference) return null;
  if (channel.messages.has(reference.message_id)) return reference.message_id;
  if (reference.fail_if_not_exists === false) return null;
  throw invalidForm([
    { path: ['message_reference'], code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', message: 'Unknown message' },
  ]);
}

/** Newest first, as Discord lists them; nothing where the bot may not read the history. */
function list({ world }: Rooms, channel: Channel, request: RestRequest): Message[] {
  const limit = request.number('limit', 50, 1, 100);
  const rights = world.permissions(channel, world.bot.id);
  if (!(rights & PermissionFlagsBits.ReadMessageHistory)) return [];
  const all = [...channel.messages.values()].filter(({ onlyFor }) => onlyFor === null);
  const than = (name: string): bigint | null => {
    const id = request.query.get(name);
    return id === null ? null : BigInt(id);
  };
  const [before, after, around] = [than('before'), than('after'), than('around')];
  const newestFirst = (messages: Message[]): Message[] => messages.reverse();
  if (around !== null) {
    const index = all.findIndex(({ id }) => BigInt(id) >= around);
    const from = Math.max(0, (index < 0 ? all.length : index) - Math.floor(limit / 2));
    return newestFirst(all.slice(from, from + limit));
  }
  if (after !== null) return newestFirst(all.filter(({ id }) => BigInt(id) > after).slice(0, limit));
  return newestFirst(all.filter(({ id }) => before === null || BigInt(id) < before).slice(-limit));
}

const badFlags = () =>
  invalidForm([
    {
      path: ['flags'],
      code: 'MESSAGE_FLAGS_INVALID',
      message: 'Only an interaction can be answered ephemerally.',
    },
  ]);
