import { snapshotsCard } from '../../lib/discord/recovery/cards.js';
import type { SubcommandDefinition } from '../definition.js';

export const snapshots: SubcommandDefinition = {
  name: 'snapshots',
  description: 'The snapshots of the whole state, newest first',
  needs: 'look',
  onlyShows: true,
  options: [],
  async run(turn) {
    await turn.show(snapshotsCard(await turn.house.recovery.snapshots(), 0));
  },
};
