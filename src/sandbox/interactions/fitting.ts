import { InteractionResponseType as Answer, InteractionType } from 'discord-api-types/v10';

/** The first answers that Discord takes for each kind of interaction. */
export const fitting: Readonly<Record<number, readonly number[]>> = {
  [InteractionType.ApplicationCommand]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.Modal,
  ],
  [InteractionType.MessageComponent]: [
    ...[
      Answer.ChannelMessageWithSource,
      Answer.DeferredChannelMessageWithSource,
      Answer.DeferredMessageUpdate,
    ],
    ...[Answer.UpdateMessage, Answer.Modal],
  ],
  [InteractionType.ApplicationCommandAutocomplete]: [Answer.ApplicationCommandAutocompleteResult],
  [InteractionType.ModalSubmit]: [
    ...[Answer.ChannelMessageWithSource, Answer.DeferredChannelMessageWithSource],
    ...[Answer.DeferredMessageUpdate, Answer.UpdateMessage],
  ],
};
