import type { Subcommand } from '@sapphire/plugin-subcommands';
import type { CommandDefinition } from '../definition.js';
import { RolloutsCommand } from '../RolloutsCommand.js';
import { advance } from './advance.js';
import { approve } from './approve.js';
import { pause, resume, rollback } from './asking.js';
import { cancel } from './cancel.js';
import { decline } from './decline.js';
import { explain } from './explain.js';
import { list } from './list.js';
import { plans } from './plans.js';
import { simulate } from './simulate.js';
import { start } from './start.js';
import { status } from './status.js';

export const rollout: CommandDefinition = {
  description: 'Rollouts that judge themselves: start, watch, stop',
  audience: 'staff',
  subcommands: [
    plans,
    simulate,
    start,
    status,
    list,
    pause,
    resume,
    advance,
    rollback,
    cancel,
    approve,
    decline,
    explain,
  ],
};

export class RolloutCommand extends RolloutsCommand {
  public constructor(context: Subcommand.LoaderContext) {
    super(context, rollout);
  }
}
