/** A host's `rollouts` options -> the same configuration that the environment leads to, by the same validation. */
import { z } from 'zod';
import {
  commandNames,
  type DeclaredFlag,
  type HttpConfig,
  type RolloutsConfig,
  type StaffConfig,
  type StateConfig,
  type WebhooksConfig,
} from './Config.js';
import { defaults } from './defaults.js';
import { InvalidConfig, type ConfigProblem } from './InvalidConfig.js';
import { ownRelease } from './ownRelease.js';
import * as values from './values.js';

/** What a host bot passes as `rollouts` in its client options. Only `staff.guildId` is required. */
export interface RolloutsConfigOptions {
  readonly staff: {
    /** The guild your staff work in: the staff commands are registered there, and the notices go there. */
    readonly guildId: string;
    /** @default [] (the guild's owner and members with Administrator) */
    readonly adminRoleIds?: readonly string[];
    /** @default [] */
    readonly staffRoleIds?: readonly string[];
    readonly onCallRoleId?: string;
    /** Roles whose members may approve what others start. @default [] (no approvals) */
    readonly approverRoleIds?: readonly string[];
    /** Ids, or `#name` in the staff guild. @default #operations, #dev-team, #management */
    readonly channels?: Partial<StaffConfig['channels']>;
  };
  /** @default embedded state in `data/` */
  readonly state?: Partial<StateConfig>;
  /** Serves /livez, /readyz and /metrics. @default undefined (no HTTP server) */
  readonly http?: Partial<HttpConfig>;
  /** Folder of rollout plans. @default 'rollouts' */
  readonly plansDir?: string;
  /** File that names the deployment driver, your database's backup, snapshots and drills. @default 'deployments.yaml' */
  readonly deploymentsFile?: string;
  /** Names this version of your bot; two that run at once hand over from one to the other. @default your package.json's version */
  readonly release?: string;
  /**
   * True: interactions and messages that belong to another release are dropped before any listener of yours hears of them.
   * False: your own code asks `rollouts.isActive(interaction)`. @default false
   */
  readonly dropsForeignEvents?: boolean;
  /** Bearer token for the Prometheus that your plans name; it is sent to whichever address a plan says. @default none */
  readonly prometheusToken?: string;
  /** Secrets of the webhooks that tell of deployments; a route without one is off. Needs `http`. @default {} */
  readonly webhooks?: WebhooksConfig;
  /** The id of a channel, in any guild of the bot, in which members read what they may notice of a deployment. @default none: staff hand it on */
  readonly usersChannelId?: string;
  /** True: `/deploy validate run:True` runs `deployment-gate.yaml` in the bot. @default false */
  readonly gateInBot?: boolean;
  /** Flags that your code asks for; created at start where they are missing. @default {} */
  readonly flags?: Readonly<Record<string, DeclaredFlag>>;
  /** Commands to leave out (false) or to name otherwise, where you have one of that name yourself. @default {} */
  readonly commands?: RolloutsConfig['commands'];
  /** False: every flag is off. @default true */
  readonly featureFlagsEnabled?: boolean;
  /** True: every flag is off. @default false */
  readonly rollbackMode?: boolean;
  /** For tests: whatever the service takes its time from. No part of the configuration. */
  readonly clocks?: object;
}

const schema = z.strictObject({
  staff: z.strictObject({
    guildId: values.snowflake,
    adminRoleIds: z.array(values.snowflake).default([]),
    staffRoleIds: z.array(values.snowflake).default([]),
    onCallRoleId: values.snowflake.optional(),
    approverRoleIds: z.array(values.snowflake).default([]),
    channels: z
      .strictObject({
        operations: values.channel.default(defaults.channels.operations),
        'dev-team': values.channel.default(defaults.channels['dev-team']),
        management: values.channel.default(defaults.channels.management),
      })
      .prefault({}),
  }),
  state: z
    .strictObject({
      redisUrl: values.redisUrl.optional(),
      dataDir: values.dataDir.default(defaults.dataDir),
      prefix: values.prefix.default(defaults.prefix),
    })
    .prefault({}),
  http: z
    .strictObject({
      host: values.host.default(defaults.httpHost),
      port: values.port.default(defaults.httpPort),
    })
    .optional(),
  plansDir: values.dataDir.default(defaults.plansDir),
  deploymentsFile: values.dataDir.default(defaults.deploymentsFile),
  release: values.release.optional(),
  dropsForeignEvents: z.boolean().default(false),
  prometheusToken: values.bearerToken.optional(),
  webhooks: z
    .strictObject({
      githubSecret: values.webhookSecret.optional(),
      deploymentSecret: values.webhookSecret.optional(),
    })
    .prefault({}),
  usersChannelId: values.snowflake.optional(),
  gateInBot: z.boolean().default(defaults.gateInBot),
  flags: z.record(z.string(), values.declaredFlag).default({}),
  commands: z.partialRecord(z.enum(commandNames), values.commandName).optional(),
  featureFlagsEnabled: z.boolean().default(defaults.featureFlagsEnabled),
  rollbackMode: z.boolean().default(defaults.rollbackMode),
  clocks: z.unknown().optional(),
});

/**
 * Fills in the defaults and validates.
 *
 * @throws {InvalidConfig} naming every problem at once, as `rollouts.staff.guildId is missing`
 */
export function resolveConfig(options: RolloutsConfigOptions): RolloutsConfig {
  const outcome = schema.safeParse(options, { reportInput: true });
  if (!outcome.success) {
    throw new InvalidConfig(outcome.error.issues.flatMap(problems), "the client's `rollouts` options");
  }
  const {
    staff,
    state,
    http,
    plansDir,
    deploymentsFile,
    release = ownRelease(),
    dropsForeignEvents,
    prometheusToken,
    webhooks,
    usersChannelId,
    gateInBot,
    flags,
    commands,
    featureFlagsEnabled,
    rollbackMode,
  } = outcome.data;
  return {
    staff: { ...staff, onCallRoleId: staff.onCallRoleId },
    state: { ...state, redisUrl: state.redisUrl },
    http,
    plansDir,
    deploymentsFile,
    release,
    dropsForeignEvents,
    ...(prometheusToken !== undefined && { prometheusToken }),
    webhooks,
    ...(usersChannelId !== undefined && { usersChannelId }),
    gateInBot,
    flags,
    ...(commands !== undefined && { commands }),
    featureFlagsEnabled,
    rollbackMode,
  };
}

function problems(issue: z.core.$ZodIssue): readonly ConfigProblem[] {
  const setting = (path: readonly PropertyKey[]): string => ['rollouts', ...path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      setting: setting([...issue.path, key]),
      wrong: 'is no known setting',
    }));
  }
  if (issue.code !== 'invalid_type') return [{ setting: setting(issue.path), wrong: issue.message }];
  const wrong =
    issue.input === undefined ? 'is missing' : `is of the wrong type: ${issue.expected} is expected`;
  return [{ setting: setting(issue.path), wrong }];
}
