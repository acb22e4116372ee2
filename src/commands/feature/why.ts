import { whyCard } from '../../lib/discord/whyCard.js';
import type { SubcommandDefinition } from '../definition.js';
import { flag, guild, readName } from '../options.js';

export const why: SubcommandDefinition = {
  name: 'why',
  description: 'Why a flag is on or off in a guild, rule by rule',
  needs: 'look',
  onlyShows: true,
  options: [flag(), guild('The guild', true)],
  async run(turn) {
    const { flags } = turn.house;
    const { options } = turn.interaction;
    // An unknown name is an answer of the evaluation, but here it is almost always a slip of the keyboard.
    const { key } = flags.flag(readName(options));
    await turn.show(whyCard(flags, key, flags.resolveGuild(options.getString('guild', true).trim())));
  },
};
