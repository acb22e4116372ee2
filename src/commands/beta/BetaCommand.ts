import type { Subcommand } from '@sapphire/plugin-subcommands';
import type { CommandDefinition } from '../definition.js';
import { RolloutsCommand } from '../RolloutsCommand.js';
import { channel } from './channel.js';
import { join } from './join.js';
import { keepOff } from './keepOff.js';
import { leave } from './leave.js';
import { list } from './list.js';
import { status } from './status.js';

export const beta: CommandDefinition = {
  description: 'Features that your guild can try before everyone else',
  audience: 'managers',
  subcommands: [list, join, leave, keepOff, status, channel],
};

export class BetaCommand extends RolloutsCommand {
  public constructor(context: Subcommand.LoaderContext) {
    super(context, beta);
  }
}
