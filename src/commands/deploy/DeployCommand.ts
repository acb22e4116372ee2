import type { Subcommand } from '@sapphire/plugin-subcommands';
import type { CommandDefinition } from '../definition.js';
import { RolloutsCommand } from '../RolloutsCommand.js';
import { fail } from './fail.js';
import { finish } from './finish.js';
import { history } from './history.js';
import { monitor } from './monitor.js';
import { start } from './start.js';
import { status } from './status.js';
import { validate } from './validate.js';

export const deploy: CommandDefinition = {
  description: 'Deploy a version: checked before, watched after, told to everyone',
  audience: 'staff',
  subcommands: [start, validate, finish, fail, status, history, monitor],
};

export class DeployCommand extends RolloutsCommand {
  public constructor(context: Subcommand.LoaderContext) {
    super(context, deploy);
  }
}
