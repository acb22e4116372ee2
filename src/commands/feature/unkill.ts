import { makeChange } from '../../lib/discord/changeFlow.js';
import type { SubcommandDefinition } from '../definition.js';
import { flag, readReason, reason, yesNo } from '../options.js';
import { readKillTarget } from './killSwitch.js';

export const unkill: SubcommandDefinition = {
  name: 'unkill',
  description: 'Let a killed flag follow its settings again',
  needs: 'admin',
  options: [
    flag('The flag', { required: false, among: 'killed' }),
    yesNo('everything', 'Release the switch that holds all flags off'),
    reason,
  ],
  async run(turn) {
    const target = readKillTarget(turn.interaction.options);
    await makeChange(
      turn,
      target === 'everything' ? { do: 'unkill-all' } : { do: 'unkill', flag: target.flag },
      readReason(turn.interaction.options),
    );
  },
};
