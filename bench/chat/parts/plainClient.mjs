// What discord.js alone needs from the start of the process to ready: the ground that a start of the bot stands on.
import { Client, Events, GatewayIntentBits } from 'discord.js';

// discord.js reads these itself, and takes an empty one for JSON.
for (const name of ['SHARDS', 'SHARD_COUNT']) delete process.env[name];

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: process.env.DISCORD_API_URL },
});
client.once(Events.ClientReady, () => process.send('ready'));
process.once('SIGTERM', () => void client.destroy().then(() => process.exit(0)));
await client.login(process.env.DISCORD_TOKEN);
