import { monitorCard } from '../../lib/discord/deployments/monitorCard.js';
import { monitorChart } from '../../lib/discord/deployments/monitorChart.js';
import type { SubcommandDefinition } from '../definition.js';
import { deployment } from './options.js';
import { wanted } from './wanted.js';

export const monitor: SubcommandDefinition = {
  name: 'monitor',
  description: 'What the monitor sees after a deployment: every check, with its baseline',
  needs: 'look',
  onlyShows: true,
  options: [deployment],
  async run(turn) {
    const found = wanted(turn);
    if (found !== undefined) {
      const chart = await monitorChart(turn.house, found);
      return turn.showComponents(monitorCard(found, turn.house, chart), 'new');
    }
    return turn.show({
      tone: 'info',
      title: 'There was no deployment yet',
      body: 'The monitor watches for an hour after one.',
    });
  },
};
