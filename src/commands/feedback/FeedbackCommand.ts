import type { Command } from '@sapphire/framework';
import { ratedCard } from '../../lib/discord/feedback/cards.js';
import { featureNamed, suggestFeatures, voiceOf } from '../../lib/discord/feedback/features.js';
import { PublicCommand, type PublicDefinition } from '../PublicCommand.js';

export const feedback: PublicDefinition = {
  description: 'Rate a feature',
  opensForm: false,
  add: (to) =>
    to
      .addStringOption((option) =>
        option
          .setName('feature')
          .setDescription('What you rate')
          .setRequired(true)
          .setMaxLength(100)
          .setAutocomplete(true),
      )
      .addIntegerOption((option) =>
        option
          .setName('stars')
          .setDescription('From 1 (bad) to 5 (good)')
          .setRequired(true)
          .setChoices([5, 4, 3, 2, 1].map((value) => ({ name: '★'.repeat(value), value }))),
      )
      .addStringOption((option) =>
        option.setName('comment').setDescription('Why; only the team reads it').setMaxLength(1000),
      ),
  complete: (typed, { flags }) => suggestFeatures(flags, typed),
  async run(turn, guild) {
    const { house, interaction, actor } = turn;
    const { options } = interaction;
    const feature = featureNamed(house.flags, options.getString('feature', true));
    const stars = options.getInteger('stars', true);
    const text = options.getString('comment')?.trim() ?? '';
    await house.feedback.rate(voiceOf(house.flags, feature, { guild, user: actor.id, text }), stars);
    await turn.show(ratedCard(feature, stars));
  },
};

export class FeedbackCommand extends PublicCommand {
  public constructor(context: Command.LoaderContext) {
    super(context, feedback);
  }
}
