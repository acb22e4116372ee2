// What both bots do: log in, and answer their parent's questions about flags. It imports nothing of the package.
const { DISCORD_TOKEN, DISCORD_API_URL, STAFF_GUILD_ID, ADMIN_ROLE_ID, REDIS_URL, DATA_DIR } = process.env;

exports.run = function run({ container, SapphireClient, position }) {
  const client = new SapphireClient({
    intents: ['Guilds'],
    baseUserDirectory: null,
    logger: { level: 40 },
    rest: { api: DISCORD_API_URL },
    rollouts: {
      staff: { guildId: STAFF_GUILD_ID, adminRoleIds: [ADMIN_ROLE_ID] },
      state: { dataDir: DATA_DIR, redisUrl: REDIS_URL || undefined },
      flags: { declared_in_code: { description: 'Asked for by the code of the bot.' } },
    },
  });
  client.once('applicationCommandRegistriesRegistered', () => process.send({ ready: true }));
  process.on('message', ({ flag, guildId }) => {
    process.send({
      isEnabled: container.rollouts.flags.isEnabled(flag, guildId),
      position: position(flag, guildId),
    });
  });
  process.once('SIGTERM', async () => {
    await client.destroy();
    await container.rollouts.close();
    process.exit(0);
  });
  return client.login(DISCORD_TOKEN);
};
