/** The environment of the bot of our own -> its settings, or every problem at once. */
import type { RolloutsConfig, StateConfig } from './Config.js';
import { InvalidConfig, type ConfigProblem } from './InvalidConfig.js';
import { ownRelease } from './ownRelease.js';
import type { LogLevelName } from './values.js';
import { required, variables, type Values, type VariableName } from './variables.js';

/** What the bot of our own needs beside the plugin's configuration. */
export interface BotSettings {
  readonly token: string;
  readonly apiUrl: string;
  readonly logLevel: LogLevelName;
  /** The shards of this process; `auto`: all, as many as Discord recommends. */
  readonly shards: readonly number[] | 'auto';
  /** How many all processes have together; undefined where `shards` is `auto`. */
  readonly shardCount: number | undefined;
  readonly rollouts: RolloutsConfig;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export type ReadEnvironment =
  | { readonly ok: true; readonly settings: BotSettings }
  | { readonly ok: false; readonly message: string; readonly error: InvalidConfig };

const source = 'the environment and in .env (.env.example describes each)';

/** Reads what the bot needs. An empty variable counts as absent. Secrets appear in no message. */
export function readEnvironment(environment: Environment): ReadEnvironment {
  const { values, problems } = read(environment, Object.keys(variables) as VariableName[]);
  problems.push(...shardProblems(values));
  if (problems.length > 0) {
    const error = new InvalidConfig(problems, source);
    return { ok: false, error, message: `The bot cannot start. ${error.message}\n` };
  }
  return { ok: true, settings: settingsFrom(values as Values) };
}

/** Only what leads to the state: for tools that work on it without the bot. Throws {@link InvalidConfig}. */
export function readStateEnvironment(environment: Environment): StateConfig {
  const { values, problems } = read(environment, ['REDIS_URL', 'DATA_DIR', 'STATE_PREFIX']);
  if (problems.length > 0) throw new InvalidConfig(problems, source);
  return stateFrom(values as Values);
}

function read(environment: Environment, names: readonly VariableName[]) {
  const values: Partial<Record<VariableName, unknown>> = {};
  const problems: ConfigProblem[] = [];
  for (const name of names) {
    const { schema, expected, otherwise, where } = variables[name];
    const text = environment[name]?.trim() ?? '';
    if (text === '') {
      if (otherwise === required) problems.push({ setting: name, wrong: 'is missing', expected, where });
      else values[name] = otherwise;
      continue;
    }
    const outcome = schema.safeParse(text);
    if (outcome.success) values[name] = outcome.data;
    else
      problems.push({ setting: name, wrong: outcome.error.issues.map(wording).join('; '), expected, where });
  }
  return { values: values as Partial<Values>, problems };
}

/** Says which entry of a list is wrong, and never what it was. */
function wording(issue: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  const [index] = issue.path;
  return typeof index === 'number'
    ? `has an entry (number ${index + 1}) that ${issue.message}`
    : issue.message;
}

function shardProblems({ SHARDS: shards, SHARD_COUNT: count }: Partial<Values>): readonly ConfigProblem[] {
  if (shards === undefined) return [];
  const { expected } = variables.SHARDS;
  if (count === undefined) {
    return [
      {
        setting: 'SHARD_COUNT',
        wrong: 'is missing or wrong although SHARDS is set',
        expected: variables.SHARD_COUNT.expected,
      },
    ];
  }
  if (shards.length === 0) return [{ setting: 'SHARDS', wrong: 'names no shard', expected }];
  const outside = shards.some((shard) => shard >= count);
  return outside
    ? [
        {
          setting: 'SHARDS',
          wrong: `names a shard above ${count - 1}, the last one of SHARD_COUNT`,
          expected,
        },
      ]
    : [];
}

function settingsFrom(values: Values): BotSettings {
  const { SHARDS: shards, SHARD_COUNT: count } = values;
  return {
    token: values.DISCORD_TOKEN,
    apiUrl: values.DISCORD_API_URL.replace(/\/+$/, ''),
    logLevel: values.LOG_LEVEL,
    shards: shards ?? (count === undefined ? 'auto' : Array.from({ length: count }, (_, shard) => shard)),
    shardCount: count,
    rollouts: {
      staff: {
        guildId: values.STAFF_GUILD_ID,
        adminRoleIds: values.ROLLOUT_ADMIN_ROLE_IDS,
        staffRoleIds: values.ROLLOUT_STAFF_ROLE_IDS,
        onCallRoleId: values.ONCALL_ROLE_ID,
        approverRoleIds: values.APPROVER_ROLE_IDS,
        channels: {
          operations: values.OPERATIONS_CHANNEL,
          'dev-team': values.DEV_TEAM_CHANNEL,
          management: values.MANAGEMENT_CHANNEL,
        },
      },
      state: stateFrom(values),
      http: { host: values.HTTP_HOST, port: values.HTTP_PORT },
      plansDir: values.ROLLOUT_PLANS,
      deploymentsFile: values.DEPLOYMENTS_FILE,
      release: values.RELEASE ?? ownRelease(),
      dropsForeignEvents: true,
      prometheusToken: values.PROMETHEUS_TOKEN,
      webhooks: {
        githubSecret: values.GITHUB_WEBHOOK_SECRET,
        deploymentSecret: values.DEPLOYMENT_WEBHOOK_SECRET,
      },
      usersChannelId: values.USERS_CHANNEL_ID,
      gateInBot: values.GATE_IN_BOT,
      flags: {},
      featureFlagsEnabled: values.FEATURE_FLAGS_ENABLED,
      rollbackMode: values.ROLLBACK_MODE,
    },
  };
}

function stateFrom(values: Pick<Values, 'REDIS_URL' | 'DATA_DIR' | 'STATE_PREFIX'>): StateConfig {
  return { redisUrl: values.REDIS_URL, dataDir: values.DATA_DIR, prefix: values.STATE_PREFIX };
}
