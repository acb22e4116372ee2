import { joinBeta } from '../../lib/discord/joinBeta.js';
import type { SubcommandDefinition } from '../definition.js';
import { beta, readName } from '../options.js';
import { ownGuild } from './ownGuild.js';

export const join: SubcommandDefinition = {
  name: 'join',
  description: 'Try a feature early in this guild',
  needs: 'manager',
  options: [beta],
  async run(turn) {
    await joinBeta(turn, ownGuild(turn), readName(turn.interaction.options));
  },
};
