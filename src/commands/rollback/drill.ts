import { begunCard } from '../../lib/discord/rollbacks/outcomeCards.js';
import { tellRollback } from '../../lib/discord/rollbacks/tellOutcome.js';
import { drillFlag } from '../../lib/rollbacks/Drill.js';
import type { SubcommandDefinition } from '../definition.js';

export const drill: SubcommandDefinition = {
  name: 'drill',
  description: 'Try the whole procedure out on a flag of its own that nothing asks for',
  needs: 'admin',
  options: [],
  async run(turn) {
    await tellRollback(turn, await turn.house.rollbacks.drill(turn.actor), {
      title: 'Rollback drill',
      flag: drillFlag,
      done: begunCard,
    });
  },
};
