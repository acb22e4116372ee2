import { makeChange } from '../../lib/discord/changeFlow.js';
import { resolveGuilds } from '../../lib/discord/guildNames.js';
import type { SubcommandDefinition } from '../definition.js';
import { cohortName, guilds, readName, readReason, reason } from '../options.js';

export const add: SubcommandDefinition = {
  name: 'add',
  description: 'Put guilds into a cohort',
  needs: 'admin',
  options: [cohortName(true), guilds(true), reason],
  async run(turn) {
    const { options } = turn.interaction;
    const named = resolveGuilds(turn.house.flags, options.getString('guilds', true));
    await makeChange(
      turn,
      { do: 'cohort-add', cohort: readName(options), guilds: named },
      readReason(options),
    );
  },
};
