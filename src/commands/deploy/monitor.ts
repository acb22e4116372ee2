import { monitorCard } from '../../lib/discord/deployments/cards.js';
import type { SubcommandDefinition } from '../definition.js';
import { deployment } from './options.js';
import { wanted } from './wanted.js';

export const monitor: SubcommandDefinition = {
  name: 'monitor',
  description: 'What the monitor sees after a deployment: every check, with its baseline',
  needs: 'look',
  options: [deployment],
  async run(turn) {
    const found = wanted(turn);
    if (found !== undefined) return turn.show(monitorCard(found, turn.house));
    return turn.show({
      tone: 'info',
      title: 'There was no deployment yet',
      body: 'The monitor watches for an hour after one.',
    });
  },
};
