import { rolloutListCard } from '../../lib/discord/rollouts/listCards.js';
import type { SubcommandDefinition } from '../definition.js';
import { yesNo } from '../options.js';

export const list: SubcommandDefinition = {
  name: 'list',
  description: 'Rollouts under way, or all there were',
  needs: 'look',
  onlyShows: true,
  options: [yesNo('all', 'Those that have ended, too')],
  async run(turn) {
    const isOpenOnly = turn.interaction.options.getBoolean('all') !== true;
    const all = await turn.house.rollouts.list(isOpenOnly ? { isOpen: true } : {});
    await turn.show(rolloutListCard(all, isOpenOnly, 0, turn.house));
  },
};
