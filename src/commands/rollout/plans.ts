import { plansCard } from '../../lib/discord/rollouts/listCards.js';
import type { SubcommandDefinition } from '../definition.js';

export const plans: SubcommandDefinition = {
  name: 'plans',
  description: 'The plans that a rollout can follow, and files that are broken',
  needs: 'look',
  onlyShows: true,
  options: [],
  async run(turn) {
    await turn.show(plansCard(turn.house.rollouts.plans(), 0));
  },
};
