/** Subcommands that ask one thing of a gradual rollback: pause, resume, cancel, hurry. */
import { askOfRollback, type RollbackAsk } from '../../lib/discord/rollbacks/askOfRollback.js';
import type { SubcommandDefinition } from '../definition.js';
import { readReason, reason } from '../options.js';
import { openRollback, readRollback } from './options.js';

const asking = (
  name: RollbackAsk,
  needs: SubcommandDefinition['needs'],
  description: string,
): SubcommandDefinition => ({
  name,
  description,
  needs,
  options: [openRollback, reason],
  async run(turn) {
    const { options } = turn.interaction;
    await askOfRollback(turn, name, readRollback(options), readReason(options));
  },
});

export const pause = asking(
  'pause',
  'narrow',
  'Stop between two batches; who has the feature still keeps it',
);
export const resume = asking('resume', 'narrow', 'Go on with a paused rollback');
export const cancel = asking('cancel', 'admin', 'Give it back to the guilds that lost it, in reverse order');
export const hurry = asking('hurry', 'narrow', 'Off for everybody now, not batch by batch any more');
