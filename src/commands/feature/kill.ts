import { makeChange } from '../../lib/discord/changeFlow.js';
import type { SubcommandDefinition } from '../definition.js';
import { flag, readReason, reason, yesNo } from '../options.js';
import { readKillTarget } from './killSwitch.js';

export const kill: SubcommandDefinition = {
  name: 'kill',
  description: 'Turn a flag off beyond any setting, at once, until unkill',
  needs: 'narrow',
  options: [flag('The flag', { required: false }), yesNo('everything', 'All flags, everywhere'), reason],
  async run(turn) {
    const target = readKillTarget(turn.interaction.options);
    await makeChange(
      turn,
      target === 'everything' ? { do: 'kill-all' } : { do: 'kill', flag: target.flag },
      readReason(turn.interaction.options),
    );
  },
};
