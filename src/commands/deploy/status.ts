import { showDeployment } from '../../lib/discord/deployments/showDeployment.js';
import type { SubcommandDefinition } from '../definition.js';
import { wanted } from './wanted.js';
import { deployment } from './options.js';

export const status: SubcommandDefinition = {
  name: 'status',
  description: 'How a deployment is doing: gate, smoke tests, and what the monitor sees',
  needs: 'look',
  onlyShows: true,
  options: [deployment],
  async run(turn) {
    const found = wanted(turn);
    if (found !== undefined) return showDeployment(turn, found);
    return turn.show({
      tone: 'info',
      title: 'There was no deployment yet',
      body: '/deploy start announces the first one.',
    });
  },
};
