/**
 * The plugin's hooks into SapphireClient: the package's only side effect.
 *
 * @example
 * import 'sapphire-plugin-rollouts/register';
 * const client = new SapphireClient({ intents: [GatewayIntentBits.Guilds], rollouts: { staff: { guildId: '…' } } });
 */
import { container, Plugin, postInitialization, preLogin, SapphireClient } from '@sapphire/framework';
import type { ClientOptions } from 'discord.js';
import { resolveConfig } from './config/resolveConfig.js';
import { RolloutsService } from './lib/RolloutsService.js';
import { loadPieces } from './plugin/loadPieces.js';
import { measureHost } from './plugin/measuring/measureHost.js';
import { gateEvents } from './plugin/releases/gateEvents.js';
import { noticeClient, watchForWrongFormat } from './plugin/wrongFormat.js';

export class RolloutsPlugin extends Plugin {
  public static override [postInitialization](this: SapphireClient, options: ClientOptions): void {
    noticeClient();
    if (options.rollouts === undefined) return;
    loadPieces(resolveConfig(options.rollouts));
  }

  public static override async [preLogin](this: SapphireClient, options: ClientOptions): Promise<void> {
    if (options.rollouts === undefined) {
      container.logger.warn(
        'sapphire-plugin-rollouts is registered, but the client has no `rollouts` options: it stays off.',
      );
      return;
    }
    const config = resolveConfig(options.rollouts);
    container.rollouts = await RolloutsService.open({
      config,
      client: this,
      logger: container.logger,
      smokeTests: () => container.stores.get('smoke-tests').values(),
      ...options.rollouts.clocks,
    });
    if (config.dropsForeignEvents) gateEvents(this, container.rollouts.releases, container.logger);
    measureHost(this, container.stores, container.rollouts.health.recording);
  }
}

SapphireClient.plugins.registerPostInitializationHook(
  RolloutsPlugin[postInitialization],
  'Rollouts-PostInitialization',
);
SapphireClient.plugins.registerPreLoginHook(RolloutsPlugin[preLogin], 'Rollouts-PreLogin');
watchForWrongFormat();
