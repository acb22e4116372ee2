import { engineeringCard } from '../../lib/discord/scorecard/scorecardCard.js';
import type { SubcommandDefinition } from '../definition.js';

export const engineering: SubcommandDefinition = {
  name: 'engineering',
  description: 'What CI pushed of the code and of lead times, each with its baseline',
  needs: 'look',
  onlyShows: true,
  options: [],
  async run(turn) {
    await turn.showComponents(engineeringCard(await turn.house.scorecard.report()));
  },
};
