import { rollbackHistoryCard } from '../../lib/discord/rollbacks/historyCard.js';
import type { SubcommandDefinition } from '../definition.js';

export const history: SubcommandDefinition = {
  name: 'history',
  description: 'All rollbacks and drills, with the time until it was safe',
  needs: 'look',
  onlyShows: true,
  options: [],
  async run(turn) {
    await turn.show(rollbackHistoryCard(turn.house.rollbacks.list(), 0));
  },
};
