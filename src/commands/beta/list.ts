import { betaListCard } from '../../lib/discord/betaCards.js';
import type { SubcommandDefinition } from '../definition.js';
import { ownGuild } from './ownGuild.js';

export const list: SubcommandDefinition = {
  name: 'list',
  description: 'Features your guild can try before everyone else',
  needs: 'manager',
  onlyShows: true,
  options: [],
  async run(turn) {
    await turn.show(betaListCard(turn.house.flags, ownGuild(turn), 0));
  },
};
