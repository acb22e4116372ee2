import { container } from '@sapphire/framework';
import { AutocompleteError } from './AutocompleteError.js';
import { ClientReadyListener } from './ClientReady.js';
import { CommandError } from './CommandError.js';
import { featureDisabledListeners } from './FeatureDisabled.js';
import { GuildCreateListener, GuildDeleteListener, GuildUpdateListener } from './GuildsChanged.js';
import { InteractionHandlerError } from './InteractionHandlerError.js';
import { SubcommandDenied } from './SubcommandDenied.js';
import { SubcommandError } from './SubcommandError.js';
import { SubcommandNoMatch } from './SubcommandNoMatch.js';

export function loadListeners(): void {
  const store = 'listeners';
  void container.stores.loadPiece({ name: 'RolloutsAutocompleteError', piece: AutocompleteError, store });
  void container.stores.loadPiece({ name: 'RolloutsCommandError', piece: CommandError, store });
  void container.stores.loadPiece({
    name: 'RolloutsInteractionHandlerError',
    piece: InteractionHandlerError,
    store,
  });
  void container.stores.loadPiece({ name: 'RolloutsSubcommandDenied', piece: SubcommandDenied, store });
  void container.stores.loadPiece({ name: 'RolloutsSubcommandError', piece: SubcommandError, store });
  void container.stores.loadPiece({ name: 'RolloutsSubcommandNoMatch', piece: SubcommandNoMatch, store });
  void container.stores.loadPiece({ name: 'RolloutsClientReady', piece: ClientReadyListener, store });
  void container.stores.loadPiece({ name: 'RolloutsGuildCreate', piece: GuildCreateListener, store });
  void container.stores.loadPiece({ name: 'RolloutsGuildDelete', piece: GuildDeleteListener, store });
  void container.stores.loadPiece({ name: 'RolloutsGuildUpdate', piece: GuildUpdateListener, store });
  for (const [name, piece] of Object.entries(featureDisabledListeners)) {
    void container.stores.loadPiece({ name, piece, store });
  }
}
