import { betaStatusCard } from '../../lib/discord/betaCards.js';
import type { SubcommandDefinition } from '../definition.js';
import { ownGuild } from './ownGuild.js';

export const status: SubcommandDefinition = {
  name: 'status',
  description: 'The betas of this guild, its requests and their answers',
  needs: 'manager',
  onlyShows: true,
  options: [],
  async run(turn) {
    await turn.show(betaStatusCard(turn.house.flags, ownGuild(turn)));
  },
};
