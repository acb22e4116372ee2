import { cohortListCard } from '../../lib/discord/cohortCards.js';
import type { SubcommandDefinition } from '../definition.js';
import { cohortName, readText } from '../options.js';

export const list: SubcommandDefinition = {
  name: 'list',
  description: 'All cohorts, or the guilds of one',
  needs: 'look',
  onlyShows: true,
  options: [cohortName(false)],
  async run(turn) {
    await turn.show(cohortListCard(turn.house.flags, readText(turn.interaction.options, 'name'), 0));
  },
};
