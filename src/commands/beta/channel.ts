import type { Card } from '../../lib/alerts/Card.js';
import { makeChange } from '../../lib/discord/changeFlow.js';
import { requirePosting } from '../../lib/discord/channelRights.js';
import type { SubcommandDefinition } from '../definition.js';
import { textChannel } from '../options.js';
import { ownGuild } from './ownGuild.js';

export const channel: SubcommandDefinition = {
  name: 'channel',
  description: 'Where this guild hears about its betas; leave the channel out for nowhere',
  needs: 'manager',
  options: [textChannel('channel', 'The channel for the news; left out = nowhere')],
  async run(turn) {
    const guild = ownGuild(turn);
    const chosen = turn.interaction.options.getChannel('channel');
    if (chosen !== null) requirePosting(turn.interaction.guild, chosen.id);
    const channelId = chosen?.id ?? null;
    const card = () => chosenCard(channelId);
    await makeChange(turn, { do: 'beta-channel', guild, channelId }, { done: card, unchanged: card });
  },
};

function chosenCard(channelId: string | null): Card {
  return channelId === null
    ? {
        tone: 'good',
        title: 'No news of betas',
        body: 'Nothing is posted in your guild. /beta status still shows everything.',
      }
    : {
        tone: 'good',
        title: 'News of betas',
        body: [
          'When a beta of your guild is joined, killed or released, ',
          { channel: channelId },
          ' hears of it.',
        ],
      };
}
