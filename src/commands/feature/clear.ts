import { makeChange } from '../../lib/discord/changeFlow.js';
import type { SubcommandDefinition } from '../definition.js';
import { cohort, flag, guild, readName, readReason, reason } from '../options.js';
import { MissingOption, readTarget } from '../target.js';

export const clear: SubcommandDefinition = {
  name: 'clear',
  description: 'Take back what was set for one guild or a cohort by name',
  // Clearing an allow narrows, clearing a deny widens; the change itself is judged again.
  needs: 'narrow',
  options: [flag(), guild('This guild'), cohort('This cohort'), reason],
  async run(turn) {
    const { options } = turn.interaction;
    const name = readName(options);
    const target = readTarget(options, turn.house.flags);
    if (target.to === 'everyone')
      throw new MissingOption('Neither a guild nor a cohort was given.', {
        next: 'Give the one whose override you want to take back. To turn the flag off, use /feature disable.',
      });
    await makeChange(
      turn,
      target.to === 'guild'
        ? { do: 'clear', flag: name, guild: target.guild }
        : { do: 'clear-cohort', flag: name, cohort: target.cohort },
      readReason(options),
    );
  },
};
