import { makeChange } from '../../lib/discord/changeFlow.js';
import type { SubcommandDefinition } from '../definition.js';
import { flag, readName, readReason, reason } from '../options.js';

export const archive: SubcommandDefinition = {
  name: 'archive',
  description: 'Put a flag away: off everywhere, out of the lists, its history kept',
  needs: 'admin',
  options: [flag(), reason],
  async run(turn) {
    const { options } = turn.interaction;
    await makeChange(turn, { do: 'archive', flag: readName(options) }, readReason(options));
  },
};
