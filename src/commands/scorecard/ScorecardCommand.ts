import type { Subcommand } from '@sapphire/plugin-subcommands';
import type { CommandDefinition } from '../definition.js';
import { RolloutsCommand } from '../RolloutsCommand.js';
import { baseline } from './baseline.js';
import { engineering } from './engineering.js';
import { show } from './show.js';

export const scorecard: CommandDefinition = {
  description: 'Was it worth it? Every target with its value, trend and verdict',
  audience: 'staff',
  subcommands: [show, engineering, baseline],
};

export class ScorecardCommand extends RolloutsCommand {
  public constructor(context: Subcommand.LoaderContext) {
    super(context, scorecard);
  }
}
