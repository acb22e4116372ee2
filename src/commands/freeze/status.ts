import { freezeCard } from '../../lib/discord/rollouts/freezeCards.js';
import type { SubcommandDefinition } from '../definition.js';

export const status: SubcommandDefinition = {
  name: 'status',
  description: 'Whether something is frozen, by whom, why and until when',
  needs: 'look',
  onlyShows: true,
  options: [],
  async run(turn) {
    await turn.show(freezeCard(turn.house.rollouts.freeze.current(), turn.house));
  },
};
