/** The commands of the plugin as Discord is told of them, with no Discord and no bot. */
import { container, type Command, type SapphireClient } from '@sapphire/framework';
import { buildCommand } from '../../commands/buildCommand.js';
import type { PublicCommand } from '../../commands/PublicCommand.js';
import { RolloutsCommand } from '../../commands/RolloutsCommand.js';
import { pieces } from '../../commands/_load.js';
import { commandsSchema, type ContractCommand } from '../../lib/deployments/contract/Contract.js';

export function ownCommands(): readonly ContractCommand[] {
  // A piece asks its client for the defaults of a bot, which none of ours uses.
  container.client ??= { options: {} } as SapphireClient;
  const built = Object.entries(pieces).map(([name, Piece]) => {
    const context = { name, path: '::virtual::', root: '::virtual::', store: undefined };
    return jsonOf(name, new Piece(context as unknown as Command.LoaderContext));
  });
  return commandsSchema.parse(JSON.parse(JSON.stringify(built)));
}

function jsonOf(name: string, piece: RolloutsCommand | PublicCommand): unknown {
  return piece instanceof RolloutsCommand
    ? buildCommand(name, piece.definition).toJSON()
    : piece.build().toJSON();
}
