import { snapshotTitle } from '../../lib/discord/recovery/cards.js';
import { proposeRecovery, showDamaged } from '../../lib/discord/recovery/recoverFlow.js';
import { ReasonNeeded } from '../../lib/rollouts/errors.js';
import type { SubcommandDefinition } from '../definition.js';
import { readText, reason, text, yesNo } from '../options.js';

export const recover: SubcommandDefinition = {
  name: 'recover',
  description: 'Go back to a snapshot (shows first what would change), or put damaged documents back',
  needs: 'admin',
  options: [
    text('snapshot', 'The snapshot to go back to; without it, what is damaged is shown', {
      complete: async (typed, { recovery }) =>
        (await recovery.snapshots())
          .map((snapshot) => ({ name: snapshotTitle(snapshot), value: snapshot.name }))
          .filter(({ name, value }) => `${name} ${value}`.includes(typed.trim())),
    }),
    reason,
    yesNo('break-glass', 'In an emergency and with a reason: without a second person'),
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const snapshot = readText(options, 'snapshot');
    if (snapshot === undefined) return showDamaged(turn);
    const why = readText(options, 'reason');
    if (why === undefined) throw new ReasonNeeded('Going back to a snapshot');
    const isBreakGlass = options.getBoolean('break-glass') ?? false;
    return proposeRecovery(turn, { snapshot, reason: why, isBreakGlass });
  },
};
