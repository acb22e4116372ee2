import { approveRollout } from '../../lib/discord/rollouts/askOfRollout.js';
import type { SubcommandDefinition } from '../definition.js';
import { readReason, reason, yesNo } from '../options.js';
import { openRollout, readRollout } from './options.js';

export const approve: SubcommandDefinition = {
  name: 'approve',
  description: 'Agree, as a second person, to what waits for it',
  needs: 'look',
  options: [
    openRollout,
    yesNo('break-glass', 'For admins, in an emergency and with a reason: without a second person'),
    reason,
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const breakGlass = options.getBoolean('break-glass') ?? false;
    await approveRollout(turn, readRollout(options), breakGlass, readReason(options));
  },
};
