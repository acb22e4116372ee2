import type { Command } from '@sapphire/framework';
import { customId } from '../../lib/discord/customIds.js';
import { featureNamed, suggestFeatures } from '../../lib/discord/feedback/features.js';
import { paragraphForm } from '../../lib/discord/forms.js';
import { severities } from '../../lib/health/feedback/entries.js';
import { reportAction, reportText } from '../../interaction-handlers/ReportForm.js';
import { PublicCommand, type PublicDefinition } from '../PublicCommand.js';

const choices = {
  critical: 'critical: it cannot be used, or does damage',
  major: 'major: it works badly',
  minor: 'minor: a blemish',
} as const;

export const report: PublicDefinition = {
  description: 'Tell the team of a problem',
  opensForm: true,
  add: (to) =>
    to
      .addStringOption((option) =>
        option
          .setName('feature')
          .setDescription('What it is about')
          .setRequired(true)
          .setMaxLength(100)
          .setAutocomplete(true),
      )
      .addStringOption((option) =>
        option
          .setName('severity')
          .setDescription('How bad it is')
          .setRequired(true)
          .setChoices(severities.map((value) => ({ name: choices[value], value }))),
      ),
  complete: (typed, { flags }) => suggestFeatures(flags, typed),
  async run({ house, interaction, actor }) {
    const feature = featureNamed(house.flags, interaction.options.getString('feature', true));
    const severity = interaction.options.getString('severity', true);
    await house.feedback.mayReport(actor.id, feature);
    await interaction.showModal(
      paragraphForm({
        customId: customId(reportAction, [feature, severity]),
        title: 'Report a problem',
        field: {
          id: reportText,
          label: 'What happened?',
          description: 'What you did, what you expected, and what happened instead. Only the team reads it.',
          maxLength: 1000,
          isRequired: true,
        },
      }),
    );
  },
};

export class ReportCommand extends PublicCommand {
  public constructor(context: Command.LoaderContext) {
    super(context, report);
  }
}
