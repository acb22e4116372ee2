import { explainRollout } from '../../lib/discord/rollouts/explainRollout.js';
import type { SubcommandDefinition } from '../definition.js';
import { readRollout, rollout } from './options.js';

export const explain: SubcommandDefinition = {
  name: 'explain',
  description: 'Every number behind the verdict',
  needs: 'look',
  onlyShows: true,
  options: [rollout],
  async run(turn) {
    await turn.show(await explainRollout(turn.house, readRollout(turn.interaction.options)));
  },
};
