import 'sapphire-plugin-rollouts/register';
import { container, SapphireClient } from '@sapphire/framework';

const { env } = process;

const client = new SapphireClient({
  intents: ['Guilds'],
  // Unset for Discord itself.
  ...(env.DISCORD_API_URL === undefined ? {} : { rest: { api: env.DISCORD_API_URL } }),
  rollouts: {
    staff: { guildId: env.STAFF_GUILD_ID ?? '', adminRoleIds: [env.ADMIN_ROLE_ID ?? ''] },
    state: { dataDir: env.DATA_DIR ?? 'data' },
    // Created at the first start: nobody has to remember to.
    flags: {
      service_layer: { description: 'Greetings come from the new service.', owner: 'greetings team' },
    },
  },
});

// A process manager that waits for it (PM2's wait_ready) hears that the bot is up.
client.once('applicationCommandRegistriesRegistered', () => process.send?.('ready'));

process.once('SIGTERM', () => {
  void client
    .destroy()
    .then(() => container.rollouts.close())
    .then(() => process.exit(0));
});

await client.login(env.DISCORD_TOKEN);
