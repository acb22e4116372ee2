/** Subcommands that ask one thing of one rollout: pause, resume, roll back. */
import { askOfRollout, type AskedAction, askNeeds } from '../../lib/discord/rollouts/askOfRollout.js';
import type { SubcommandDefinition } from '../definition.js';
import { readReason, reason } from '../options.js';
import { openRollout, readRollout } from './options.js';

const asking = (name: AskedAction, description: string): SubcommandDefinition => ({
  name,
  description,
  needs: askNeeds[name],
  options: [openRollout, reason],
  async run(turn) {
    const { options } = turn.interaction;
    await askOfRollout(turn, name, readRollout(options), readReason(options));
  },
});

export const pause = asking('pause', 'Stop going on; what is served stays as it is');
export const resume = asking('resume', 'Go on with a paused rollout');
export const rollback = asking('rollback', 'Turn it off for everyone at once');
