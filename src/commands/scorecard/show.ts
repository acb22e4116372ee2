import { scorecardCard } from '../../lib/discord/scorecard/scorecardCard.js';
import { scorecardChart } from '../../lib/discord/scorecard/scorecardChart.js';
import type { SubcommandDefinition } from '../definition.js';

export const show: SubcommandDefinition = {
  name: 'show',
  description: 'The nine figures of the bot, with the chart of the last 30 days',
  needs: 'look',
  onlyShows: true,
  options: [],
  async run(turn) {
    const report = await turn.house.scorecard.report();
    await turn.showComponents(scorecardCard(report, await scorecardChart(turn.house, report)));
  },
};
