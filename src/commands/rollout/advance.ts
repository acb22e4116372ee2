import { advanceRollout } from '../../lib/discord/rollouts/advanceFlow.js';
import type { SubcommandDefinition } from '../definition.js';
import { readReason, reason } from '../options.js';
import { openRollout, readRollout } from './options.js';

export const advance: SubcommandDefinition = {
  name: 'advance',
  description: 'Go on to the next phase now',
  needs: 'admin',
  options: [openRollout, reason],
  async run(turn) {
    const { options } = turn.interaction;
    await advanceRollout(turn, readRollout(options), readReason(options), 'does');
  },
};
