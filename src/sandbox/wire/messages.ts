/** Messages as Discord writes them. */
import type { APIMessage } from 'discord-api-types/v10';
import type { Message, MessageOrigin } from '../world/model.js';
import type { World } from '../world/World.js';
import { wireChannel } from './guilds.js';
import { wireUser } from './people.js';

const ephemeralFlag = 64;
const applicationCommand = 2;
const messageComponent = 3;

/** `nonce` is only told to the one who sent it, in the answer to the sending. */
export function wireMessage(world: World, message: Message, withNonce = false): APIMessage {
  const thread = message.threadId === null ? undefined : world.channels.get(message.threadId);
  const wire = {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    content: message.content,
    author: wireUser(world.user(message.authorId)),
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments,
    mentions: message.pinged.users.map((id) => wireUser(world.user(id))),
    mention_roles: [...message.pinged.roles],
    mention_everyone: message.pinged.everyone,
    timestamp: new Date(message.sentAt).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    flags: message.flags | (message.onlyFor === null ? 0 : ephemeralFlag) | (thread ? 32 : 0),
    pinned: false,
    tts: false,
    ...(withNonce && message.nonce !== null ? { nonce: message.nonce } : {}),
    ...(thread ? { thread: wireChannel(world, thread) } : {}),
    ...(message.replyTo === null
      ? {}
      : { message_reference: { type: 0, channel_id: message.channelId, message_id: message.replyTo } }),
    ...(message.origin === null ? {} : wireOrigin(world, message)),
  };
  return wire as unknown as APIMessage;
}

function wireOrigin(world: World, { origin }: Message): Record<string, unknown> {
  if (origin === null) return {};
  const user = wireUser(world.user(origin.userId));
  return {
    application_id: world.bot.id,
    webhook_id: world.bot.id,
    interaction_metadata: wireMetadata(world, origin),
    ...(origin.command === null
      ? {}
      : { interaction: { id: origin.interactionId, type: 2, name: origin.command, user } }),
  };
}

function wireMetadata(world: World, origin: MessageOrigin): Record<string, unknown> {
  const { interactionId, interactionType, userId, command, pressedId, openedBy } = origin;
  return {
    id: interactionId,
    type: interactionType,
    user: wireUser(world.user(userId)),
    authorizing_integration_owners: { '0': world.staffGuildId },
    ...(interactionType === applicationCommand && { name: command ?? '', command_type: 1 }),
    ...(interactionType === messageComponent && { interacted_message_id: pressedId }),
    ...(openedBy !== undefined && { triggering_interaction_metadata: wireMetadata(world, openedBy) }),
  };
}
