/** What Discord accepts as the first answer to an interaction. Which type fits which interaction is the desk's business. */
import { InteractionResponseType as Type } from 'discord-api-types/v10';
import { z } from 'zod';
import { text } from './fields.js';
import { answerMessage } from './message.js';
import { modal } from './modal.js';

const choiceValue = z.union([text(0, 100), z.number()]);

export const interactionAnswer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal(Type.ChannelMessageWithSource), data: answerMessage }),
  z.strictObject({
    type: z.literal(Type.DeferredChannelMessageWithSource),
    data: z
      .strictObject({
        flags: z
          .union([z.literal(0), z.literal(64)], 'A deferred answer may carry only the ephemeral flag.')
          .nullish(),
      })
      .nullish(),
  }),
  z.strictObject({ type: z.literal(Type.DeferredMessageUpdate), data: z.null().optional() }),
  z.strictObject({ type: z.literal(Type.UpdateMessage), data: answerMessage.nullish() }),
  z.strictObject({
    type: z.literal(Type.ApplicationCommandAutocompleteResult),
    data: z.strictObject({
      choices: z
        .array(
          z
            .strictObject({ name: text(1, 100), name_localizations: z.unknown(), value: choiceValue })
            .partial({ name_localizations: true }),
        )
        .max(25),
    }),
  }),
  z.strictObject({ type: z.literal(Type.Modal), data: modal }),
]);

export type InteractionAnswer = z.output<typeof interactionAnswer>;
