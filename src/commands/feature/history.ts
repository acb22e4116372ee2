import { historyCard } from '../../lib/discord/historyCard.js';
import type { SubcommandDefinition } from '../definition.js';
import { flag, readText } from '../options.js';

export const history: SubcommandDefinition = {
  name: 'history',
  description: 'Who changed what, when, and from what to what',
  needs: 'look',
  onlyShows: true,
  options: [flag('Only this flag', { required: false })],
  async run(turn) {
    const { flags } = turn.house;
    const name = readText(turn.interaction.options, 'name');
    await turn.show(await historyCard(flags, name === undefined ? undefined : flags.flag(name).key));
  },
};
