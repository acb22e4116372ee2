import { infoCard } from '../../lib/discord/infoCard.js';
import type { SubcommandDefinition } from '../definition.js';
import { flag, readName } from '../options.js';

export const info: SubcommandDefinition = {
  name: 'info',
  description: 'One flag at a glance',
  needs: 'look',
  options: [flag()],
  async run(turn) {
    const { flags } = turn.house;
    const overview = flags.overview(readName(turn.interaction.options));
    await turn.show(infoCard(flags, overview, await flags.lastUsed(overview.flag.key)));
  },
};
