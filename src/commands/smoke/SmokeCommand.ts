import type { Subcommand } from '@sapphire/plugin-subcommands';
import type { CommandDefinition } from '../definition.js';
import { RolloutsCommand } from '../RolloutsCommand.js';
import { history } from './history.js';
import { run } from './run.js';
import { status } from './status.js';

export const smoke: CommandDefinition = {
  description: 'Try out whether everything that the bot needs works, now',
  audience: 'staff',
  subcommands: [run, status, history],
};

export class SmokeCommand extends RolloutsCommand {
  public constructor(context: Subcommand.LoaderContext) {
    super(context, smoke);
  }
}
