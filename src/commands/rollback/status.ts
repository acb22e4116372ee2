import { showRollback } from '../../lib/discord/rollbacks/showRollback.js';
import type { SubcommandDefinition } from '../definition.js';
import { readText, text } from '../options.js';

export const status: SubcommandDefinition = {
  name: 'status',
  description: 'How a rollback is doing: every step with its time, and the proof',
  needs: 'look',
  onlyShows: true,
  options: [
    text('rollback', 'Pick it, or type its id or its flag; without it the newest', {
      complete: (typed, { rollbacks }) => rollbacks.suggest(typed),
    }),
  ],
  async run(turn) {
    const { rollbacks } = turn.house;
    const [newest] = [...rollbacks.list({ isOpen: true }), ...rollbacks.list()];
    const rollback = readText(turn.interaction.options, 'rollback') ?? newest?.id;
    if (rollback === undefined)
      return turn.show({
        tone: 'info',
        title: 'There was no rollback yet',
        body: '/rollback now begins one.',
      });
    return showRollback(turn, rollback);
  },
};
