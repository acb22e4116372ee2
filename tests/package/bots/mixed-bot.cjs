// The mistake: the plugin is loaded as ESM, the bot is built from the CommonJS copy of the framework.
const { SapphireClient } = require('@sapphire/framework');

process.on('warning', ({ code, message }) => process.send({ code, message }));
import('sapphire-plugin-rollouts/register').then(() => {
  new SapphireClient({ intents: ['Guilds'], baseUserDirectory: null, rollouts: { staff: { guildId: '1' } } });
  // Keeps the process alive as a login would.
  process.on('message', () => {});
});
