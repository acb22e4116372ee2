import { deploymentHistoryCard } from '../../lib/discord/deployments/cards.js';
import type { SubcommandDefinition } from '../definition.js';

export const history: SubcommandDefinition = {
  name: 'history',
  description: 'All deployments, newest first, with how each ended',
  needs: 'look',
  onlyShows: true,
  options: [],
  async run(turn) {
    const { house } = turn;
    await turn.show(deploymentHistoryCard(house.deployments.list(), 0, house));
  },
};
