/** Every variable of the environment: what it means, what is right, where to get it. `.env.example` and the README list the same. */
import { z } from 'zod';
import { defaults } from './defaults.js';
import * as values from './values.js';

export interface Variable<T> {
  /** From the variable's text, which is never empty, to its value. */
  readonly schema: z.ZodType<T, string>;
  /** To be read after "Expected:". */
  readonly expected: string;
  /** What holds where the variable is absent or empty; `required` where nothing can. */
  readonly otherwise: T | typeof required;
  readonly where?: string;
}

export const required = Symbol('required');

const developerMode = 'Discord -> Settings -> Advanced -> Developer Mode on, then right-click';

const number = z
  .string()
  .regex(/^\d{1,15}$/, 'is no whole number')
  .transform(Number);
const boolean = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'], 'is neither true nor false'))
  .transform((text) => ['true', '1', 'yes', 'on'].includes(text));
const ids = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .pipe(z.array(values.snowflake));

/** `0,1,4` or `0-3`, or as a JSON list, which is how discord.js's own sharding manager writes it. */
const shards = z
  .string()
  .regex(/^\[?\s*\d{1,5}(\s*[-,]\s*\d{1,5})*\s*\]?$/, 'is no list of shard numbers')
  .transform((text) => [
    ...new Set(
      text
        .replace(/[[\]\s]/g, '')
        .split(',')
        .flatMap(range),
    ),
  ])
  .pipe(z.array(values.shard));

function range(part: string): readonly number[] {
  const [first = 0, last = first] = part.split('-').map(Number);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

function variable<T>(definition: Variable<T>): Variable<T> {
  return definition;
}

export const variables = {
  DISCORD_TOKEN: variable({
    schema: z
      .string()
      .regex(
        /^[\w.-]+$/,
        'does not look like a bot token (letters, digits, dots, - and _; without "Bot " before it)',
      ),
    expected: "the bot's token",
    otherwise: required,
    where:
      'Discord Developer Portal (https://discord.com/developers/applications) -> your application -> Bot -> Reset Token',
  }),
  DISCORD_API_URL: variable<string>({
    schema: values.apiUrl,
    expected: `an http:// or https:// address; ${defaults.apiUrl} unless you run a stand-in for Discord`,
    otherwise: defaults.apiUrl,
  }),
  STAFF_GUILD_ID: variable({
    schema: values.snowflake,
    expected: 'the id of the guild your staff work in, 17 to 20 digits',
    otherwise: required,
    where: `${developerMode} the guild -> Copy Server ID`,
  }),
  ROLLOUT_ADMIN_ROLE_IDS: variable<readonly string[]>({
    schema: ids,
    expected: 'ids of roles in the staff guild, separated by commas',
    otherwise: [],
    where: `${developerMode} the role in Server Settings -> Roles -> Copy Role ID`,
  }),
  ROLLOUT_STAFF_ROLE_IDS: variable<readonly string[]>({
    schema: ids,
    expected: 'ids of roles in the staff guild, separated by commas',
    otherwise: [],
    where: `${developerMode} the role in Server Settings -> Roles -> Copy Role ID`,
  }),
  ONCALL_ROLE_ID: variable<string | undefined>({
    schema: values.snowflake,
    expected: 'the id of the role in the staff guild that urgent notices ping',
    otherwise: undefined,
    where: `${developerMode} the role in Server Settings -> Roles -> Copy Role ID`,
  }),
  APPROVER_ROLE_IDS: variable<readonly string[]>({
    schema: ids,
    expected: 'ids of roles in the staff guild, separated by commas',
    otherwise: [],
    where: `${developerMode} the role in Server Settings -> Roles -> Copy Role ID`,
  }),
  OPERATIONS_CHANNEL: variable(staffChannel('operations')),
  DEV_TEAM_CHANNEL: variable(staffChannel('dev-team')),
  MANAGEMENT_CHANNEL: variable(staffChannel('management')),
  USERS_CHANNEL_ID: variable<string | undefined>({
    schema: values.snowflake,
    expected:
      'the id of a channel, in any guild of the bot, in which members are told what they may notice of a deployment; absent = staff get the words to hand on',
    otherwise: undefined,
    where: `${developerMode} the channel -> Copy Channel ID`,
  }),
  REDIS_URL: variable<string | undefined>({
    schema: values.redisUrl,
    expected:
      'redis://[user:password@]host:port, redis+sentinel://[:password@]host:port,host:port/master-name, or redis://host:port,host:port for a cluster; absent = state is kept in DATA_DIR',
    otherwise: undefined,
  }),
  DATA_DIR: variable<string>({
    schema: values.dataDir,
    expected: 'a directory on a local disk',
    otherwise: defaults.dataDir,
  }),
  ROLLOUT_PLANS: variable<string>({
    schema: values.dataDir,
    expected: 'a folder with rollout plans, each a .yaml file',
    otherwise: defaults.plansDir,
  }),
  DEPLOYMENTS_FILE: variable<string>({
    schema: values.dataDir,
    expected:
      'a .yaml file with the deployment driver, recovery and drills; one that does not exist leaves the defaults',
    otherwise: defaults.deploymentsFile,
  }),
  RELEASE: variable<string | undefined>({
    schema: values.release,
    expected: "a name for this version of the bot, up to 64 characters; absent = the package.json's version",
    otherwise: undefined,
  }),
  PROMETHEUS_TOKEN: variable<string | undefined>({
    schema: values.bearerToken,
    expected: 'the bearer token for the Prometheus that your plans name; absent = asked without one',
    otherwise: undefined,
  }),
  GITHUB_WEBHOOK_SECRET: variable<string | undefined>({
    schema: values.webhookSecret,
    expected: 'the secret of the webhook on GitHub, 16 characters or more; absent = /hooks/github is off',
    otherwise: undefined,
    where: 'the settings of your repository on GitHub -> Webhooks',
  }),
  DEPLOYMENT_WEBHOOK_SECRET: variable<string | undefined>({
    schema: values.webhookSecret,
    expected:
      'the secret with which your CI signs what it posts, 16 characters or more; absent = /hooks/deployments is off',
    otherwise: undefined,
  }),
  GATE_IN_BOT: variable<boolean>({
    schema: boolean,
    expected:
      'true or false; true lets /deploy validate run deployment-gate.yaml and try migrations in the bot',
    otherwise: defaults.gateInBot,
  }),
  STATE_PREFIX: variable<string>({
    schema: values.prefix,
    expected: 'up to 64 letters, digits, - and _',
    otherwise: defaults.prefix,
  }),
  HTTP_HOST: variable<string>({
    schema: values.host,
    expected: 'the address to listen on, 127.0.0.1 for this machine only',
    otherwise: defaults.httpHost,
  }),
  HTTP_PORT: variable<number>({
    schema: number.pipe(values.port),
    expected: 'a whole number from 0 to 65535; 0 = any free port',
    otherwise: defaults.httpPort,
  }),
  LOG_LEVEL: variable<values.LogLevelName>({
    schema: z.string().toLowerCase().pipe(values.logLevel),
    expected: `one of ${values.logLevels.join(', ')}`,
    otherwise: defaults.logLevel,
  }),
  SHARDS: variable<readonly number[] | undefined>({
    schema: shards,
    expected: 'the shards of this process, as 0,1,4 or 0-3, together with SHARD_COUNT',
    otherwise: undefined,
  }),
  SHARD_COUNT: variable<number | undefined>({
    schema: number.pipe(z.number().min(1, 'is below 1')),
    expected: 'how many shards all processes have together, 1 or more',
    otherwise: undefined,
  }),
  FEATURE_FLAGS_ENABLED: variable<boolean>({
    schema: boolean,
    expected: 'true or false; false turns every flag off',
    otherwise: defaults.featureFlagsEnabled,
  }),
  ROLLBACK_MODE: variable<boolean>({
    schema: boolean,
    expected: 'true or false; true turns every flag off',
    otherwise: defaults.rollbackMode,
  }),
};

function staffChannel(name: keyof typeof defaults.channels): Variable<string> {
  return {
    schema: values.channel,
    expected: `a channel of the staff guild, as an id or as #name; ${defaults.channels[name]} unless set`,
    otherwise: defaults.channels[name],
    where: `${developerMode} the channel -> Copy Channel ID`,
  };
}

export type VariableName = keyof typeof variables;

type ValueOf<V> = V extends Variable<infer T> ? T : never;

/** The environment, read: optional variables without a default may be undefined. */
export type Values = { readonly [Name in VariableName]: ValueOf<(typeof variables)[Name]> };
