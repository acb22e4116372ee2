/** Every error -> the one reply: what happened, why, what to do next. What is no RolloutError is a bug and stays in the log. */
import { MessageFlags, type RepliableInteraction } from 'discord.js';
import type { Card } from '../alerts/Card.js';
import { newId } from '../core/ids.js';
import { RolloutError } from '../core/RolloutError.js';
import { Unavailable } from '../state/errors.js';
import type { House } from './House.js';
import { isSynthetic, noteRefusal } from './probing/synthetic.js';
import { Forbidden } from './rights.js';
import { draw } from './Turn.js';

/** What a person tried. */
export interface Tried {
  /** `/feature enable` */
  readonly what: string;
  /** It would have changed nothing, had it gone well. */
  readonly onlyShows: boolean;
}

/** @param onlyShows what was refused changes nothing in any case */
export function refusalCard(error: RolloutError, onlyShows = false): Card {
  const isForbidden = error instanceof Forbidden;
  const why = isForbidden ? error.why : error.message;
  return {
    tone: isForbidden ? 'bad' : 'warn',
    title: titleOf(error, onlyShows),
    body: error.next === undefined ? why : [why, { br: true }, error.next],
  };
}

function titleOf(error: RolloutError, onlyShows: boolean): string {
  if (error instanceof Forbidden) return error.title;
  if (onlyShows) return 'This cannot be shown';
  const isUnsure = error instanceof Unavailable && error.outcome === 'unknown';
  return isUnsure ? 'Not known whether it happened' : 'Nothing was changed';
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
  tried: Tried,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    await answerError(house, interaction, error, tried);
  }
}

/** Says it to the person who asked, and to the log what belongs there. Never throws. */
export async function answerError(
  house: House,
  interaction: RepliableInteraction,
  error: unknown,
  tried: Tried,
): Promise<void> {
  if (error instanceof RolloutError) noteRefusal(interaction, error);
  try {
    await say(interaction, draw(cardOf(house, interaction, error, tried), house));
  } catch (failure) {
    house.logger.warn(`The answer to ${tried.what} could not be delivered.`, failure);
  }
}

function cardOf(
  house: House,
  interaction: RepliableInteraction,
  error: unknown,
  { what, onlyShows }: Tried,
): Card {
  const { user, guildId } = interaction;
  const where = guildId === null ? 'a direct message' : `guild ${guildId}`;
  if (error instanceof Forbidden) {
    const line = `Refused: ${user.username} (${user.id}) tried ${what} in ${where}; it needs "${error.need}".`;
    // What the bot asks of itself to see that it is refused is no warning to anybody.
    if (isSynthetic(interaction)) house.logger.debug(line);
    else house.logger.warn(line);
  }
  if (error instanceof RolloutError) return refusalCard(error, onlyShows);
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
