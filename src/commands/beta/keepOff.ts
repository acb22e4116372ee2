import { keepOffEndedCard, keptOffCard } from '../../lib/discord/betaCards.js';
import { betaFor } from '../../lib/discord/betas.js';
import { makeChange } from '../../lib/discord/changeFlow.js';
import type { SubcommandDefinition } from '../definition.js';
import { beta, readName, yesNo } from '../options.js';
import { ownGuild } from './ownGuild.js';

export const keepOff: SubcommandDefinition = {
  name: 'keep-off',
  description: 'Keep a feature off in this guild while it is not released',
  needs: 'manager',
  options: [beta, yesNo('end', 'Stop keeping it off')],
  async run(turn) {
    const { flags } = turn.house;
    const { options } = turn.interaction;
    const guild = ownGuild(turn);
    const { key } = betaFor(flags, guild, readName(options));
    const isEnd = options.getBoolean('end') ?? false;
    const card = () => (isEnd ? keepOffEndedCard(flags, key, guild) : keptOffCard(flags, key));
    await makeChange(
      turn,
      { do: isEnd ? 'keep-off-end' : 'keep-off', flag: key, guild },
      { confirmation: 'implied', done: card, unchanged: card },
    );
  },
};
