import type { SubcommandDefinition } from '../definition.js';
import { readReason, reason } from '../options.js';

export const stop: SubcommandDefinition = {
  name: 'stop',
  description: 'Let things be turned on again',
  needs: 'admin',
  options: [reason],
  async run(turn) {
    await turn.house.rollouts.freeze.stop(turn.actor, readReason(turn.interaction.options).reason);
    await turn.show({
      tone: 'good',
      title: 'Nothing is frozen any more',
      body: 'Flags can be turned on again. Rollouts that the freeze held up go on by themselves.',
    });
  },
};
