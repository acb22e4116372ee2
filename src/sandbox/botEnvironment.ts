/** The environment that points the bot at a sandbox: what a person would write into `.env`. */
import type { Sandbox } from './Sandbox.js';

/** Taken from whoever starts the sandbox, so that a flag of the whole bot can be tried out. */
const passedOn = ['FEATURE_FLAGS_ENABLED', 'ROLLBACK_MODE', 'LOG_LEVEL'] as const;

/**
 * `base` with every variable of the bot's set. What the sandbox does not use is set to nothing, which also keeps a `.env`
 * for the real Discord from filling it in.
 */
export function botEnvironment(
  sandbox: Sandbox,
  dataDir: string,
  base: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const { world } = sandbox;
  return {
    ...base,
    ...Object.fromEntries(passedOn.map((name) => [name, base[name] ?? ''])),
    DISCORD_TOKEN: sandbox.botToken,
    DISCORD_API_URL: sandbox.apiUrl,
    STAFF_GUILD_ID: world.staffGuild.id,
    ROLLOUT_ADMIN_ROLE_IDS: world.role('Admin').id,
    ROLLOUT_STAFF_ROLE_IDS: world.role('Staff').id,
    ONCALL_ROLE_ID: world.role('On-call').id,
    OPERATIONS_CHANNEL: '#operations',
    DEV_TEAM_CHANNEL: '#dev-team',
    MANAGEMENT_CHANNEL: '#management',
    USERS_CHANNEL_ID: world.channel('general').id,
    DATA_DIR: dataDir,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: '0',
    REDIS_URL: '',
    STATE_PREFIX: '',
    SHARDS: '',
    SHARD_COUNT: '',
  };
}
