import { validateRollback } from '../../lib/discord/rollbacks/showRollback.js';
import type { SubcommandDefinition } from '../definition.js';
import { readRollback, rollback } from './options.js';

export const validate: SubcommandDefinition = {
  name: 'validate',
  description: 'Look for the proof again: read back from every process that it is off and all is well',
  needs: 'narrow',
  onlyShows: true,
  options: [rollback],
  async run(turn) {
    await validateRollback(turn, readRollback(turn.interaction.options));
  },
};
