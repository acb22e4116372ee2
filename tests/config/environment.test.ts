import { describe, expect, it } from 'vitest';
import { ownRelease } from '../../src/config/ownRelease.js';
import { readEnvironment, readStateEnvironment, type Environment } from '../../src/config/environment.js';
import { InvalidConfig } from '../../src/config/InvalidConfig.js';

const token = 'a-token.of.some_length';
const least = { DISCORD_TOKEN: token, STAFF_GUILD_ID: '100000000000000001' };

function settings(environment: Environment) {
  const read = readEnvironment({ ...least, ...environment });
  if (!read.ok) throw new Error(read.message);
  return read.settings;
}

function message(environment: Environment): string {
  const read = readEnvironment(environment);
  if (read.ok) throw new Error('It was accepted.');
  return read.message;
}

describe('the environment', () => {
  it('needs a token and the staff guild, and has a default for everything else', () => {
    expect(settings({})).toEqual({
      token,
      apiUrl: 'https://discord.com/api',
      logLevel: 'info',
      shards: 'auto',
      shardCount: undefined,
      rollouts: {
        staff: {
          guildId: least.STAFF_GUILD_ID,
          adminRoleIds: [],
          staffRoleIds: [],
          onCallRoleId: undefined,
          approverRoleIds: [],
          channels: { operations: '#operations', 'dev-team': '#dev-team', management: '#management' },
        },
        state: { redisUrl: undefined, dataDir: 'data', prefix: 'rollouts' },
        http: { host: '127.0.0.1', port: 8080 },
        plansDir: 'rollouts',
        deploymentsFile: 'deployments.yaml',
        release: ownRelease(),
        dropsForeignEvents: true,
        webhooks: {},
        gateInBot: false,
        flags: {},
        featureFlagsEnabled: true,
        rollbackMode: false,
      },
    });
  });

  it('takes the channel in which members read by its id alone, since it may lie in any guild', () => {
    const id = '700000000000000001';
    expect(settings({ USERS_CHANNEL_ID: id }).rollouts.usersChannelId).toBe(id);
    expect(message({ ...least, USERS_CHANNEL_ID: '#general' })).toContain('USERS_CHANNEL_ID');
  });

  it('takes no secret that could be guessed', () => {
    const refused = message({ ...least, DEPLOYMENT_WEBHOOK_SECRET: 'hunter2' });
    expect(refused).toContain('DEPLOYMENT_WEBHOOK_SECRET has fewer than 16 characters');
    expect(refused).not.toContain('hunter2');
  });

  it('takes an empty variable for an absent one', () => {
    expect(settings({ REDIS_URL: '', HTTP_PORT: ' ', SHARDS: '', LOG_LEVEL: '' })).toEqual(settings({}));
  });

  it('says where to get a missing token', () => {
    expect(message({ STAFF_GUILD_ID: least.STAFF_GUILD_ID })).toBe(
      [
        'The bot cannot start. One setting is missing or wrong in the environment and in .env (.env.example describes each):',
        '  DISCORD_TOKEN is missing.',
        "    Expected: the bot's token.",
        '    Where to get it: Discord Developer Portal (https://discord.com/developers/applications) -> your application -> Bot -> Reset Token.',
        '',
      ].join('\n'),
    );
  });

  it('lists every problem at once', () => {
    const text = message({
      STAFF_GUILD_ID: 'HQ',
      HTTP_PORT: '80808',
      ROLLBACK_MODE: 'maybe',
      LOG_LEVEL: 'loud',
    });
    expect(text).toContain('5 settings are missing or wrong');
    for (const problem of [
      'DISCORD_TOKEN is missing',
      'STAFF_GUILD_ID is no id: 17 to 20 digits',
      'HTTP_PORT is above 65535',
      'ROLLBACK_MODE is neither true nor false',
      'LOG_LEVEL is none of trace, debug',
    ]) {
      expect(text).toContain(problem);
    }
  });

  it.each([
    ['DISCORD_TOKEN', 'Bot s3cret'],
    ['REDIS_URL', 'reddis://user:s3cret@host:6379'],
    ['REDIS_URL', 'redis+sentinel://:s3cret@host:26379'],
    ['STAFF_GUILD_ID', 's3cret'],
    ['ROLLOUT_ADMIN_ROLE_IDS', 's3cret,100000000000000001'],
    ['LOG_LEVEL', 's3cret'],
  ])('never repeats the value of a wrong %s', (name, value) => {
    const text = message({ ...least, [name]: value });
    expect(text).toContain(name);
    expect(text).not.toContain('s3cret');
  });

  it('names the entry of a list that is wrong', () => {
    expect(message({ ...least, ROLLOUT_STAFF_ROLE_IDS: '100000000000000001, 12' })).toContain(
      'ROLLOUT_STAFF_ROLE_IDS has an entry (number 2) that is no id',
    );
  });

  it('reads role lists with spaces and a trailing comma', () => {
    const roles = settings({ ROLLOUT_ADMIN_ROLE_IDS: '100000000000000001, 100000000000000002,' }).rollouts
      .staff.adminRoleIds;
    expect(roles).toEqual(['100000000000000001', '100000000000000002']);
  });

  it.each(['operations', '#Operations', '# operations', 'x#operations', '123', '#'])(
    'refuses the channel %j',
    (channel) => {
      expect(message({ ...least, OPERATIONS_CHANNEL: channel })).toContain('OPERATIONS_CHANNEL is neither');
    },
  );

  it.each(['#ops', '#dev-team', '#été', '100000000000000001'])('takes the channel %j', (channel) => {
    expect(settings({ OPERATIONS_CHANNEL: channel }).rollouts.staff.channels.operations).toBe(channel);
  });

  it.each([
    'redis://127.0.0.1:6379',
    'rediss://user:p%40ss@redis.example:6380/2',
    'redis://a:1,redis://b:2,redis://c:3',
    'redis://a:1,b:2',
    'redis+sentinel://:secret@s1:26379,s2:26379/main',
    'redis+sentinel://s1:26379/main/3',
  ])('takes the store %s', (url) => {
    expect(settings({ REDIS_URL: url }).rollouts.state.redisUrl).toBe(url);
  });

  it.each(['127.0.0.1:6379', 'http://host', 'redis://', 'redis://a:99999', 'redis+sentinel://s1:26379'])(
    'refuses the store %s',
    (url) => {
      expect(message({ ...least, REDIS_URL: url })).toContain('REDIS_URL is not understood. ');
    },
  );

  it.each(['70000', '-1', '8080.5', 'http', '1e3'])('refuses the port %s', (port) => {
    expect(message({ ...least, HTTP_PORT: port })).toContain('HTTP_PORT is');
  });

  it('takes port 0 for any free one, and an API address without its trailing slash', () => {
    expect(settings({ HTTP_PORT: '0' }).rollouts.http?.port).toBe(0);
    expect(settings({ DISCORD_API_URL: 'http://127.0.0.1:4000/api/' }).apiUrl).toBe(
      'http://127.0.0.1:4000/api',
    );
  });

  it.each([
    ['0,2', [0, 2]],
    ['1-3', [1, 2, 3]],
    ['[3]', [3]],
    ['2', [2]],
  ])('reads SHARDS=%s', (text, shards) => {
    expect(settings({ SHARDS: text, SHARD_COUNT: '4' })).toMatchObject({ shards, shardCount: 4 });
  });

  it('runs all shards where only their number is given', () => {
    expect(settings({ SHARD_COUNT: '3' })).toMatchObject({ shards: [0, 1, 2], shardCount: 3 });
  });

  it.each([
    [{ SHARDS: '0' }, 'SHARD_COUNT is missing'],
    [{ SHARDS: '4', SHARD_COUNT: '4' }, 'SHARDS names a shard above 3'],
    [{ SHARDS: '3-1', SHARD_COUNT: '4' }, 'SHARDS names no shard'],
    [{ SHARDS: 'all', SHARD_COUNT: '4' }, 'SHARDS is no list'],
    [{ SHARD_COUNT: '0' }, 'SHARD_COUNT is below 1'],
  ])('refuses %j', (environment, problem) => {
    expect(message({ ...least, ...environment })).toContain(problem);
  });
});

describe('the way to the state alone', () => {
  it('needs no token', () => {
    expect(readStateEnvironment({ DATA_DIR: '/var/lib/bot' })).toEqual({
      redisUrl: undefined,
      dataDir: '/var/lib/bot',
      prefix: 'rollouts',
    });
  });

  it('is refused where it is wrong', () => {
    expect(() => readStateEnvironment({ STATE_PREFIX: 'a b' })).toThrow(InvalidConfig);
  });
});
