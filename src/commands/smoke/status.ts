import { endedCard, tickingCard } from '../../lib/discord/smoke/cards.js';
import type { SubcommandDefinition } from '../definition.js';

export const status: SubcommandDefinition = {
  name: 'status',
  description: 'How the newest run of smoke tests is doing, or how it went',
  needs: 'look',
  onlyShows: true,
  options: [],
  async run(turn) {
    const { smokeRuns } = turn.house;
    const [newest] = smokeRuns.list();
    if (newest === undefined)
      return turn.show({
        tone: 'info',
        title: 'No smoke tests were run yet',
        body: '/smoke run tries everything that the bot needs.',
      });
    const ticks = smokeRuns.ticksOf(newest.id);
    return turn.show(ticks === undefined ? endedCard(newest) : tickingCard(newest.what, ticks));
  },
};
