/** Begins to measure a host: its pieces as they enter their stores, and what plugin-subcommands does not throw. */
import { Events, Piece, type SapphireClient, type StoreRegistry } from '@sapphire/framework';
import { SubcommandPluginEvents } from '@sapphire/plugin-subcommands';
import { outcomeOf } from '../../lib/discord/outcomeOf.js';
import type { Recording } from '../../lib/health/recording/Recording.js';
import { measuredStores, PieceRuns } from './PieceRuns.js';
import type { SubjectRuns } from './SubjectRuns.js';
import { wrapMethod } from './wrapMethod.js';

/** Before the stores are loaded. */
export function measureHost(client: SapphireClient, stores: StoreRegistry, recording: Recording): void {
  const runs = new PieceRuns(recording, outcomeOf);
  for (const name of measuredStores) {
    const store = stores.get(name);
    // The instance, not its class: another client's store is none of ours.
    wrapMethod(store, 'insert', ([piece], insert) => {
      if (isPiece(piece)) runs.wrap(name, piece);
      return insert();
    });
    for (const piece of store.values()) runs.wrap(name, piece);
  }
  watchDenials(client, runs.subjects);
  watchSubcommands(client, runs.subjects);
}

/** A denied command never begins: its run ends with its preconditions. */
function watchDenials(client: SapphireClient, runs: SubjectRuns): void {
  const deny = (subject: object): void => runs.find(subject)?.end('refused', 0);
  client.on(Events.ChatInputCommandDenied, (_, { interaction }) => deny(interaction));
  client.on(Events.ContextMenuCommandDenied, (_, { interaction }) => deny(interaction));
  client.on(Events.MessageCommandDenied, (_, { message }) => deny(message));
}

/** plugin-subcommands catches what a subcommand throws, and its command goes on as if nothing had been. */
function watchSubcommands(client: SapphireClient, runs: SubjectRuns): void {
  client.on(SubcommandPluginEvents.ChatInputSubcommandDenied, (_, { interaction }) =>
    runs.find(interaction)?.mark('refused'),
  );
  client.on(SubcommandPluginEvents.MessageSubcommandDenied, (_, { message }) =>
    runs.find(message)?.mark('refused'),
  );
  client.on(SubcommandPluginEvents.ChatInputSubcommandError, (error, { interaction }) =>
    runs.find(interaction)?.mark(outcomeOf(error)),
  );
  client.on(SubcommandPluginEvents.MessageSubcommandError, (error, { message }) =>
    runs.find(message)?.mark(outcomeOf(error)),
  );
}

function isPiece(value: unknown): value is Piece {
  return value instanceof Piece;
}
