import '../register.js';

import { SapphireClient, type ILogger } from '@sapphire/framework';
import { GatewayIntentBits } from 'discord.js';
import type { BotSettings } from '../config/environment.js';
import type { RolloutsClocks } from '../lib/RolloutsService.js';

/** The client of the bot of our own. `Guilds` is the only intent that it needs. */
export function createBot(
  settings: BotSettings,
  logger: ILogger,
  clocks: RolloutsClocks = {},
): SapphireClient {
  return new SapphireClient({
    intents: [GatewayIntentBits.Guilds],
    baseUserDirectory: null,
    logger: { instance: logger },
    // Every message says for itself whom it may ping.
    allowedMentions: { parse: [] },
    rest: { api: settings.apiUrl },
    shards: settings.shards === 'auto' ? 'auto' : [...settings.shards],
    ...(settings.shardCount === undefined ? {} : { shardCount: settings.shardCount }),
    rollouts: { ...settings.rollouts, clocks },
  });
}
