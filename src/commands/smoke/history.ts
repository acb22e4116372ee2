import { smokeHistoryCard } from '../../lib/discord/smoke/cards.js';
import type { SubcommandDefinition } from '../definition.js';

export const history: SubcommandDefinition = {
  name: 'history',
  description: 'Runs of smoke tests, newest first: which passed, which failed, how long they took',
  needs: 'look',
  onlyShows: true,
  options: [],
  async run(turn) {
    await turn.show(smokeHistoryCard(turn.house.smokeRuns.list(), 0));
  },
};
