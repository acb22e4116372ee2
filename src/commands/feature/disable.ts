import { makeChange } from '../../lib/discord/changeFlow.js';
import type { FlagChange } from '../../lib/flags/changes.js';
import type { SubcommandDefinition } from '../definition.js';
import { cohort, flag, guild, readName, readReason, reason } from '../options.js';
import { readTarget } from '../target.js';

export const disable: SubcommandDefinition = {
  name: 'disable',
  description: 'Turn a flag off: for everyone with its settings kept, for one guild or a cohort',
  needs: 'narrow',
  options: [flag(), guild('Only this guild'), cohort('Only the guilds of this cohort'), reason],
  async run(turn) {
    const { options } = turn.interaction;
    const name = readName(options);
    const target = readTarget(options, turn.house.flags);
    const change: FlagChange =
      target.to === 'guild'
        ? { do: 'deny', flag: name, guild: target.guild }
        : target.to === 'cohort'
          ? { do: 'deny-cohort', flag: name, cohort: target.cohort }
          : { do: 'disable', flag: name };
    await makeChange(turn, change, readReason(options));
  },
};
