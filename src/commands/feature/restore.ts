import { makeChange } from '../../lib/discord/changeFlow.js';
import type { SubcommandDefinition } from '../definition.js';
import { flag, readName, readReason, reason } from '../options.js';

export const restore: SubcommandDefinition = {
  name: 'restore',
  description: 'Bring an archived flag back; it comes back disabled',
  needs: 'admin',
  options: [flag('The archived flag', { among: 'archived' }), reason],
  async run(turn) {
    const { options } = turn.interaction;
    await makeChange(turn, { do: 'restore', flag: readName(options) }, readReason(options));
  },
};
