import { scorecardCard } from '../../lib/discord/scorecard/scorecardCard.js';
import { scorecardChart } from '../../lib/discord/scorecard/scorecardChart.js';
import type { SubcommandDefinition } from '../definition.js';

export const baseline: SubcommandDefinition = {
  name: 'baseline',
  description: 'Compare everything with the last seven days from now on',
  needs: 'admin',
  options: [],
  async run(turn) {
    const report = await turn.house.scorecard.setBaseline(turn.actor);
    await turn.showComponents(scorecardCard(report, await scorecardChart(turn.house, report)));
  },
};
