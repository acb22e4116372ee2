import type { ModalSubmitInteraction } from 'discord.js';
import { reportedCard } from '../lib/discord/feedback/cards.js';
import { featureNamed, voiceOf } from '../lib/discord/feedback/features.js';
import type { Turn } from '../lib/discord/Turn.js';
import { severities } from '../lib/health/feedback/entries.js';
import { RolloutsModal } from './RolloutsModal.js';

export const reportAction = 'report';
/** The custom id of the form's one field. */
export const reportText = 'text';

/** The form that /report opened. Anyone may send it: a report widens nothing. */
export class ReportForm extends RolloutsModal {
  protected override readonly action = reportAction;

  protected override async submit(
    turn: Turn<ModalSubmitInteraction>,
    [typed = '', level = '']: readonly string[],
  ): Promise<void> {
    const { house, interaction } = turn;
    const { guildId, user } = interaction;
    const severity = severities.find((name) => name === level);
    if (guildId === null || severity === undefined)
      throw new Error(`Not a form of ours: ${interaction.customId}`);
    const text = interaction.fields.getTextInputValue(reportText).trim();
    const feature = featureNamed(house.flags, typed);
    await house.feedback.report(
      voiceOf(house.flags, feature, { guild: guildId, user: user.id, text }),
      severity,
    );
    await turn.show(reportedCard(feature));
  }
}
