import { showRollout } from '../../lib/discord/rollouts/showRollout.js';
import type { SubcommandDefinition } from '../definition.js';
import { readRollout, rollout } from './options.js';

export const status: SubcommandDefinition = {
  name: 'status',
  description: 'How a rollout is doing, with its chart',
  needs: 'look',
  onlyShows: true,
  options: [rollout],
  async run(turn) {
    await showRollout(turn, await turn.house.rollouts.status(readRollout(turn.interaction.options)));
  },
};
