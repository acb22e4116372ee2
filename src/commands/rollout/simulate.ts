import { simulationCard } from '../../lib/discord/rollouts/simulationCard.js';
import type { SubcommandDefinition } from '../definition.js';
import { plan, readPlan } from './options.js';

export const simulate: SubcommandDefinition = {
  name: 'simulate',
  description: 'Try a plan out on recorded days: false alarms, what it would find and when. Changes nothing',
  needs: 'look',
  onlyShows: true,
  options: [plan(false)],
  async run(turn) {
    // It takes seconds, and the answer would come too late for Discord.
    await turn.wait();
    await turn.show(simulationCard(await turn.house.rollouts.simulate(readPlan(turn.interaction.options))));
  },
};
