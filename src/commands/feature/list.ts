import { filterFromArgs, filterStates, listCard, longestFilter } from '../../lib/discord/listCard.js';
import type { SubcommandDefinition } from '../definition.js';
import { kind, readText, text } from '../options.js';

export const list: SubcommandDefinition = {
  name: 'list',
  description: 'All flags, or those that match',
  needs: 'look',
  onlyShows: true,
  options: [
    text('state', 'Only flags in this state', { choices: filterStates }),
    kind,
    text('owner', 'Only flags of this owner', { maxLength: longestFilter }),
    text('text', 'Only flags with this in their name or description', { maxLength: longestFilter }),
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const filter = filterFromArgs(
      ['state', 'kind', 'owner', 'text'].map((name) => readText(options, name) ?? ''),
    );
    await turn.show(listCard(turn.house.flags, filter, 0));
  },
};
