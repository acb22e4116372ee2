import { cancelRollout, leaves } from '../../lib/discord/rollouts/cancelFlow.js';
import type { SubcommandDefinition } from '../definition.js';
import { readReason, readText, reason, text } from '../options.js';
import { openRollout, readRollout } from './options.js';

export const cancel: SubcommandDefinition = {
  name: 'cancel',
  description: 'End a rollout: keep the flag as it is served now, or as it was before',
  needs: 'admin',
  options: [
    openRollout,
    text('leave', 'What becomes of the flag; asked where it is left out', { choices: leaves }),
    reason,
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const leave = leaves.find((name) => name === readText(options, 'leave'));
    await cancelRollout(turn, readRollout(options), leave, readReason(options));
  },
};
