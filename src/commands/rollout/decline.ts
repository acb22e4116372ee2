import { declineRollout } from '../../lib/discord/rollouts/askOfRollout.js';
import type { SubcommandDefinition } from '../definition.js';
import { text } from '../options.js';
import { openRollout, readRollout } from './options.js';

export const decline: SubcommandDefinition = {
  name: 'decline',
  description: 'Say no, as a second person, to what waits for one: it does not start, or goes no further',
  needs: 'look',
  options: [
    openRollout,
    text('reason', 'What is wrong, for whoever asked', { required: true, maxLength: 500 }),
  ],
  async run(turn) {
    const { options } = turn.interaction;
    await declineRollout(turn, readRollout(options), options.getString('reason', true).trim());
  },
};
