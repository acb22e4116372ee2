import { explainCard } from '../../lib/discord/rollouts/explainCard.js';
import type { SubcommandDefinition } from '../definition.js';
import { readRollout, rollout } from './options.js';

export const explain: SubcommandDefinition = {
  name: 'explain',
  description: 'Every number behind the verdict',
  needs: 'look',
  options: [rollout],
  async run(turn) {
    await turn.show(explainCard(await turn.house.rollouts.explain(readRollout(turn.interaction.options))));
  },
};
