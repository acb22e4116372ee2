/** Every error -> the one reply: what happened, why, what to do next. What is no RolloutError is a bug and stays in the log. */
import { MessageFlags, type RepliableInteraction } from 'discord.js';
import type { Card } from '../alerts/Card.js';
import { newId } from '../core/ids.js';
import { RolloutError } from '../core/RolloutError.js';
import { Unavailable } from '../state/errors.js';
import type { House } from './House.js';
import { noteRefusal } from './probing/synthetic.js';
import { Forbidden } from './rights.js';
import { draw } from './Turn.js';

export function refusalCard(error: RolloutError): Card {
  const isUnsure = error instanceof Unavailable && error.outcome === 'unknown';
  return {
    tone: error instanceof Forbidden ? 'bad' : 'warn',
    title: isUnsure ? 'Not known whether it happened' : 'Nothing was changed',
    body: error.next === undefined ? error.message : [error.message, { br: true }, error.next],
  };
}

function incidentCard(id: string): Card {
  return {
    tone: 'bad',
    title: 'Something broke',
    body: [
      'This is a fault of the bot, not yours. Look at the present state before you try again.',
      { br: true },
      'Tell the people who run the bot this number: ',
      { code: id },
    ],
  };
}

/**
 * Runs what a person asked for. A RolloutError is an ordinary answer, so it is given here and is no failure to the host's
 * error listeners; anything else goes on to them, and to ours.
 */
export async function orRefuse(
  house: House,
  interaction: RepliableInteraction,
  what: string,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    await answerError(house, interaction, error, what);
  }
}

/** Says it to the person who asked, and to the log what belongs there. `what` was tried: `/feature enable`. Never throws. */
export async function answerError(
  house: House,
  interaction: RepliableInteraction,
  error: unknown,
  what: string,
): Promise<void> {
  if (error instanceof RolloutError) noteRefusal(interaction, error);
  try {
    await say(interaction, draw(cardOf(house, interaction, error, what), house));
  } catch (failure) {
    house.logger.warn(`The answer to ${what} could not be delivered.`, failure);
  }
}

function cardOf(house: House, interaction: RepliableInteraction, error: unknown, what: string): Card {
  const { user, guildId } = interaction;
  const where = guildId === null ? 'a direct message' : `guild ${guildId}`;
  if (error instanceof Forbidden)
    house.logger.warn(
      `Refused: ${user.username} (${user.id}) tried ${what} in ${where}; it needs "${error.need}".`,
    );
  if (error instanceof RolloutError) return refusalCard(error);
  const id = newId(8);
  house.logger.error(`Incident ${id}: ${what} by ${user.id} in ${where} failed.`, error);
  return incidentCard(id);
}

/** In the place that waits for it, as the first answer, or as a further one, so that what is shown already stays. */
async function say(interaction: RepliableInteraction, message: ReturnType<typeof draw>): Promise<void> {
  const { embeds, components, allowedMentions } = message;
  const answer = { embeds, components, allowedMentions, flags: MessageFlags.Ephemeral } as const;
  if (interaction.deferred && !interaction.replied) await interaction.editReply(message);
  else if (interaction.replied) await interaction.followUp(answer);
  else await interaction.reply(answer);
}
