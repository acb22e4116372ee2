import type { SubcommandDefinition } from '../definition.js';
import { asked, feature } from './options.js';
import { want } from './wanted.js';

export const gradual: SubcommandDefinition = {
  name: 'gradual',
  description: 'Take a feature back batch by batch within 25 minutes; shows what it would do first',
  needs: 'narrow',
  options: [feature(true), ...asked],
  async run(turn) {
    const named = turn.interaction.options.getString('feature', true).trim();
    await want(turn, 'gradual', turn.house.flags.flag(named).key, true);
  },
};
