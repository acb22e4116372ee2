import { container } from '@sapphire/framework';
import { AutocompleteError } from './autocompleteError.js';
import { InteractionHandlerError } from './interactionHandlerError.js';
import { SubcommandDenied } from './subcommandDenied.js';
import { SubcommandError } from './subcommandError.js';
import { SubcommandNoMatch } from './subcommandNoMatch.js';

export function loadListeners(): void {
  const store = 'listeners';
  void container.stores.loadPiece({ name: 'RolloutsAutocompleteError', piece: AutocompleteError, store });
  void container.stores.loadPiece({
    name: 'RolloutsInteractionHandlerError',
    piece: InteractionHandlerError,
    store,
  });
  void container.stores.loadPiece({ name: 'RolloutsSubcommandDenied', piece: SubcommandDenied, store });
  void container.stores.loadPiece({ name: 'RolloutsSubcommandError', piece: SubcommandError, store });
  void container.stores.loadPiece({ name: 'RolloutsSubcommandNoMatch', piece: SubcommandNoMatch, store });
}
