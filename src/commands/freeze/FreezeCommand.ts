import type { Subcommand } from '@sapphire/plugin-subcommands';
import type { CommandDefinition } from '../definition.js';
import { RolloutsCommand } from '../RolloutsCommand.js';
import { start } from './start.js';
import { status } from './status.js';
import { stop } from './stop.js';

export const freeze: CommandDefinition = {
  description: 'Hold everything: nothing is turned newly on until the freeze ends',
  audience: 'staff',
  subcommands: [start, stop, status],
};

export class FreezeCommand extends RolloutsCommand {
  public constructor(context: Subcommand.LoaderContext) {
    super(context, freeze);
  }
}
