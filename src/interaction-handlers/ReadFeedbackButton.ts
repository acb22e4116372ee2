import type { ButtonInteraction } from 'discord.js';
import { readFeedbackAction } from '../lib/alerts/wording/feedback.js';
import { feedbackCard } from '../lib/discord/feedback/cards.js';
import type { Turn } from '../lib/discord/Turn.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Read, under the notice that people said something. The answer is for whoever pressed alone: the words must not stay in a channel. */
export class ReadFeedbackButton extends RolloutsButton {
  protected override readonly actions = [readFeedbackAction];
  protected override readonly onlyShows = true;

  protected override async press(
    turn: Turn<ButtonInteraction>,
    _action: string,
    [feature = '']: readonly string[],
  ): Promise<void> {
    turn.require('look');
    await turn.show(feedbackCard(feature, await turn.house.feedback.texts(feature), 0, turn.house));
  }
}
