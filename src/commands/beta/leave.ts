import { leftCard } from '../../lib/discord/betaCards.js';
import { betaFor } from '../../lib/discord/betas.js';
import { makeChange } from '../../lib/discord/changeFlow.js';
import type { SubcommandDefinition } from '../definition.js';
import { beta, readName } from '../options.js';
import { ownGuild } from './ownGuild.js';

export const leave: SubcommandDefinition = {
  name: 'leave',
  description: 'Take this guild out of a beta it joined, or take back a request',
  needs: 'manager',
  options: [beta],
  async run(turn) {
    const { flags } = turn.house;
    const guild = ownGuild(turn);
    const { key } = betaFor(flags, guild, readName(turn.interaction.options));
    await makeChange(
      turn,
      { do: 'beta-leave', flag: key, guild },
      {
        done: () => leftCard(flags, key, guild),
        unchanged: () => ({
          tone: 'info',
          title: 'Nothing to change',
          body: `Your guild is not in the beta of ${key}.`,
        }),
      },
    );
  },
};
