import { makeChange } from '../../lib/discord/changeFlow.js';
import { parsePercentage } from '../../lib/discord/percentage.js';
import type { FlagChange } from '../../lib/flags/changes.js';
import type { SubcommandDefinition } from '../definition.js';
import { cohort, flag, guild, readName, readReason, readText, reason, text } from '../options.js';
import { readTarget } from '../target.js';

export const enable: SubcommandDefinition = {
  name: 'enable',
  description: 'Turn a flag on: for everyone, for a share of all guilds, for one guild or a cohort',
  // Lowering a percentage narrows, and everyone of the staff may; the change itself is judged again.
  needs: 'narrow',
  options: [
    flag(),
    text('percentage', 'Share of all guilds, such as 25 or 0.5; left out = everyone', { maxLength: 20 }),
    guild('Only this guild'),
    cohort('Only the guilds of this cohort'),
    reason,
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const name = readName(options);
    const target = readTarget(options, turn.house.flags, ['percentage']);
    const percentage = readText(options, 'percentage');
    const change: FlagChange =
      target.to === 'guild'
        ? { do: 'allow', flag: name, guild: target.guild }
        : target.to === 'cohort'
          ? { do: 'allow-cohort', flag: name, cohort: target.cohort }
          : {
              do: 'enable',
              flag: name,
              ...(percentage !== undefined && { basisPoints: parsePercentage(percentage) }),
            };
    await makeChange(turn, change, readReason(options));
  },
};
