import type { Subcommand } from '@sapphire/plugin-subcommands';
import type { CommandDefinition } from '../definition.js';
import { RolloutsCommand } from '../RolloutsCommand.js';
import { archive } from './archive.js';
import { clear } from './clear.js';
import { create } from './create.js';
import { disable } from './disable.js';
import { edit } from './edit.js';
import { enable } from './enable.js';
import { history } from './history.js';
import { info } from './info.js';
import { kill } from './kill.js';
import { list } from './list.js';
import { restore } from './restore.js';
import { undo } from './undo.js';
import { unkill } from './unkill.js';
import { why } from './why.js';

export const feature: CommandDefinition = {
  description: 'Feature flags: what is on, for whom, and why',
  audience: 'staff',
  subcommands: [
    create,
    edit,
    enable,
    disable,
    clear,
    info,
    list,
    why,
    history,
    undo,
    kill,
    unkill,
    archive,
    restore,
  ],
};

export class FeatureCommand extends RolloutsCommand {
  public constructor(context: Subcommand.LoaderContext) {
    super(context, feature);
  }
}
