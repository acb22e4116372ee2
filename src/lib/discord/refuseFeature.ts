/** Tells a person that something of the host's is off for their guild: kindly, once, and to nobody else. */
import { container } from '@sapphire/framework';
import {
  BaseInteraction,
  Message,
  MessageFlags,
  type ContextMenuCommandInteraction,
  type Interaction,
} from 'discord.js';

/** What was used: a command in any form, a button, a menu, a form. */
export type Told = Interaction | ContextMenuCommandInteraction | Message;

export function canBeTold(argument: unknown): argument is Told {
  return argument instanceof BaseInteraction || argument instanceof Message;
}

/** A class and its method may both be gated, and a precondition before them. */
const told = new WeakSet<Told>();

/** Never throws: a refusal that could not be delivered goes to the log. */
export async function refuseFeature(asked: Told, message: string): Promise<void> {
  if (told.has(asked)) return;
  told.add(asked);
  try {
    await say(asked, message);
  } catch (error) {
    container.logger.warn('The refusal of a feature that is off could not be delivered.', error);
  }
}

async function say(asked: Told, content: string): Promise<void> {
  const answer = { content, allowedMentions: { parse: [], repliedUser: false } } as const;
  if (asked instanceof Message) {
    await asked.reply(answer);
  } else if (asked.isAutocomplete()) {
    await asked.respond([]);
  } else if (asked.replied) {
    await asked.followUp({ ...answer, flags: MessageFlags.Ephemeral });
  } else if (asked.deferred) {
    await asked.editReply(answer);
  } else {
    await asked.reply({ ...answer, flags: MessageFlags.Ephemeral });
  }
}
