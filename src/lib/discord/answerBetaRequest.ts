/** Staff answer a guild's request; the notice then says who decided, and has no buttons left to press. */
import type { APIEmbed, ButtonInteraction, Message, ModalSubmitInteraction } from 'discord.js';
import { makeChange } from './changeFlow.js';
import type { Turn } from './Turn.js';

/** @param notice the message of the request; null where Discord did not say. */
export async function answerBetaRequest(
  turn: Turn<ButtonInteraction | ModalSubmitInteraction>,
  notice: Message | null,
  entry: string,
  answer: 'beta-approve' | 'beta-decline',
  reason?: string,
): Promise<void> {
  const { flag, guild } = await turn.house.flags.betaRequest(entry);
  const end = await makeChange(turn, { do: answer, flag, guild }, { reason, confirmation: 'implied' });
  if (end !== 'done' || notice === null) return;
  const decided = answer === 'beta-approve' ? 'Approved' : 'Declined';
  try {
    await notice.edit({
      embeds: closed(notice, decided, turn.actor.id),
      components: [],
      allowedMentions: { parse: [] },
    });
  } catch (error) {
    // The decision stands, and a second press is refused with words; only the look of the notice is behind.
    turn.house.logger.warn(`The notice of beta request ${entry} could not be brought up to date.`, error);
  }
}

function closed(notice: Message, decided: string, userId: string): APIEmbed[] {
  return notice.embeds.slice(0, 1).map((embed) => {
    const data = embed.toJSON();
    return {
      ...data,
      fields: [...(data.fields ?? []).slice(0, 24), { name: decided, value: `by <@${userId}>` }],
    };
  });
}
