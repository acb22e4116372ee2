/** Answers to interactions: the first one by callback, later ones by the webhook of the interaction's token. */
import { InteractionResponseType } from 'discord-api-types/v10';
import type { Interaction } from '../../interactions/Interaction.js';
import { interactionAnswer, type InteractionAnswer } from '../../rules/interactionAnswer.js';
import { answerMessage } from '../../rules/message.js';
import { parseWith } from '../../rules/parseWith.js';
import { wireMessage } from '../../wire/messages.js';
import type { Wire } from '../../wire/Wire.js';
import type { Message } from '../../world/model.js';
import { refusals } from '../ApiError.js';
import type { RestRequest } from '../RestRequest.js';
import type { Rooms } from '../Rooms.js';
import { noContent, ok, type Router } from '../Router.js';

export function interactionRoutes(router: Router, rooms: Rooms): void {
  const { world, interactions, messages } = rooms;
  const webhook = '/webhooks/:application/:token';
  const answered = (request: RestRequest): Interaction => {
    if (request.param('application') !== world.bot.id) throw refusals.unknownWebhook();
    return interactions.answered(request.param('token'));
  };
  router
    .on(
      'POST',
      '/interactions/:interaction/:token/callback',
      (request) => {
        const interaction = interactions.toAnswer(request.param('interaction'), request.param('token'));
        const answer = request.body(interactionAnswer);
        interactions.answer(interaction, answer, request.files);
        if (request.query.get('with_response') !== 'true') return noContent;
        return ok(wireCallback(rooms, interaction, answer));
      },
      'interaction',
    )
    .on(
      'POST',
      webhook,
      (request) => {
        const body = parseWith(answerMessage, request.json ?? {});
        const message = interactions.followUp(answered(request), body, request.json, request.files);
        return ok(wireMessage(world, message));
      },
      'interaction',
    )
    .on(
      'GET',
      `${webhook}/messages/:message`,
      (request) => ok(wireMessage(world, target(rooms, answered(request), request))),
      'interaction',
    )
    .on(
      'PATCH',
      `${webhook}/messages/:message`,
      (request) => {
        const interaction = answered(request);
        const message = target(rooms, interaction, request);
        return ok(wireMessage(world, interactions.edit(interaction, message, request.json, request.files)));
      },
      'interaction',
    )
    .on(
      'DELETE',
      `${webhook}/messages/:message`,
      (request) => {
        messages.remove(target(rooms, answered(request), request));
        return noContent;
      },
      'interaction',
    );
}

/** The message that the path names: `@original`, or one that this interaction brought about; throws 10008. */
function target({ world }: Rooms, interaction: Interaction, request: RestRequest): Message {
  const name = request.param('message');
  const id = name === '@original' ? interaction.original?.id : name;
  const message = world.channels.get(interaction.facts.channel.id)?.messages.get(id ?? '');
  if (!message) throw refusals.unknownMessage();
  const isOwn = message.origin?.interactionId === interaction.facts.id;
  if (!isOwn && message !== interaction.original) throw refusals.unknownMessage();
  return message;
}

function wireCallback({ world }: Rooms, interaction: Interaction, answer: InteractionAnswer): Wire {
  const { id, type } = interaction.facts;
  const message = interaction.original;
  const isDeferred = answer.type === InteractionResponseType.DeferredChannelMessageWithSource;
  const wire = {
    ...{ id, type },
    ...(message
      ? {
          response_message_id: message.id,
          response_message_loading: isDeferred,
          response_message_ephemeral: message.onlyFor !== null,
        }
      : {}),
  };
  const resource = { type: answer.type, ...(message ? { message: wireMessage(world, message) } : {}) };
  return { interaction: wire, ...(message ? { resource } : {}) };
}
