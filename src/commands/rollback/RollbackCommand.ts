import type { Subcommand } from '@sapphire/plugin-subcommands';
import type { CommandDefinition } from '../definition.js';
import { RolloutsCommand } from '../RolloutsCommand.js';
import { cancel, hurry, pause, resume } from './asking.js';
import { drill } from './drill.js';
import { gradual } from './gradual.js';
import { history } from './history.js';
import { now } from './now.js';
import { recover } from './recover.js';
import { snapshots } from './snapshots.js';
import { status } from './status.js';
import { validate } from './validate.js';

export const rollback: CommandDefinition = {
  description: 'Go back: turn a feature off everywhere, and prove it',
  audience: 'staff',
  subcommands: [
    now,
    gradual,
    pause,
    resume,
    cancel,
    hurry,
    validate,
    status,
    history,
    drill,
    snapshots,
    recover,
  ],
};

export class RollbackCommand extends RolloutsCommand {
  public constructor(context: Subcommand.LoaderContext) {
    super(context, rollback);
  }
}
