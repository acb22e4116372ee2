import type { Subcommand } from '@sapphire/plugin-subcommands';
import type { CommandDefinition } from '../definition.js';
import { RolloutsCommand } from '../RolloutsCommand.js';
import { add } from './add.js';
import { create } from './create.js';
import { deleteCohort } from './delete.js';
import { list } from './list.js';
import { remove } from './remove.js';

export const cohort: CommandDefinition = {
  description: 'Named lists of guilds, to turn flags on and off for',
  audience: 'staff',
  subcommands: [create, add, remove, list, deleteCohort],
};

export class CohortCommand extends RolloutsCommand {
  public constructor(context: Subcommand.LoaderContext) {
    super(context, cohort);
  }
}
