import { makeChange } from '../../lib/discord/changeFlow.js';
import { resolveGuilds } from '../../lib/discord/guildNames.js';
import type { SubcommandDefinition } from '../definition.js';
import { guilds, readName, readReason, readText, reason, text } from '../options.js';

export const create: SubcommandDefinition = {
  name: 'create',
  description: 'Make a named list of guilds',
  needs: 'admin',
  options: [
    text('name', 'Lower-case letters, digits, - and _, at most 64', { required: true }),
    text('description', 'What these guilds have in common', { maxLength: 500 }),
    guilds(false),
    reason,
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const typed = readText(options, 'guilds');
    await makeChange(
      turn,
      {
        do: 'cohort-create',
        cohort: readName(options),
        description: readText(options, 'description'),
        guilds: typed === undefined ? undefined : resolveGuilds(turn.house.flags, typed),
      },
      readReason(options),
    );
  },
};
