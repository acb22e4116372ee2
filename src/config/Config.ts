/** The one typed configuration. The bot of our own reads it from the environment, a host passes it as `rollouts`. */
import type { FlagFacts } from '../lib/flags/changes.js';

export interface StateConfig {
  /** Single, `redis+sentinel://…`, or a comma-separated cluster; undefined = embedded. */
  readonly redisUrl: string | undefined;
  /** Where embedded state and the last snapshot live. */
  readonly dataDir: string;
  /** First part of every key; letters, digits, `-`, `_`. */
  readonly prefix: string;
}

export interface StaffConfig {
  readonly guildId: string;
  /** Empty: the staff guild's owner and members with Administrator. */
  readonly adminRoleIds: readonly string[];
  readonly staffRoleIds: readonly string[];
  readonly onCallRoleId: string | undefined;
  /** Who may be the second person. Empty or absent: nobody is asked for, so that a lone admin is not locked out. */
  readonly approverRoleIds?: readonly string[];
  /** An id, or `#name` in the staff guild. */
  readonly channels: {
    readonly operations: string;
    readonly 'dev-team': string;
    readonly management: string;
  };
}

export interface HttpConfig {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

/** What other programs must know to tell the bot of deployments; a route without its secret is off. */
export interface WebhooksConfig {
  /** Of `POST /hooks/github`. */
  readonly githubSecret?: string | undefined;
  /** Of `POST /hooks/deployments`. */
  readonly deploymentSecret?: string | undefined;
}

/** A flag that the bot's code declares; created at start where it is missing. */
export type DeclaredFlag = FlagFacts & { readonly description: string };

/** Our commands, by their own names. */
export const commandNames = [
  'feature',
  'cohort',
  'beta',
  'rollout',
  'rollback',
  'deploy',
  'freeze',
  'smoke',
  'scorecard',
  'report',
  'feedback',
] as const;
export type CommandName = (typeof commandNames)[number];

export interface RolloutsConfig {
  readonly staff: StaffConfig;
  readonly state: StateConfig;
  /** undefined: no HTTP server. */
  readonly http: HttpConfig | undefined;
  /** Folder of rollout plans (`*.yaml`); one that does not exist has none. */
  readonly plansDir: string;
  /** `deployments.yaml`: the deployment driver, recovery, drills; one that does not exist leaves the defaults. */
  readonly deploymentsFile: string;
  /** Which release of the bot this is; processes of one release answer together. */
  readonly release: string;
  /** True: interactions and messages that belong to another release are dropped before any listener hears of them. */
  readonly dropsForeignEvents: boolean;
  /** Bearer token for the Prometheus that plans name. */
  readonly prometheusToken?: string | undefined;
  /** @default none: no route is on */
  readonly webhooks?: WebhooksConfig | undefined;
  /** The id of a channel, in any guild of the bot, in which members read what they may notice of a deployment. @default staff hand it on */
  readonly usersChannelId?: string | undefined;
  /** True: `/deploy validate run:True` runs the gate in the bot, where its source lies beside it. @default false */
  readonly gateInBot?: boolean | undefined;
  readonly flags: Readonly<Record<string, DeclaredFlag>>;
  /** Commands that a host leaves out (false) or gives another name, because it has one of that name itself. */
  readonly commands?: Readonly<Partial<Record<CommandName, false | string>>>;
  /** False: every flag is off, whatever state says. */
  readonly featureFlagsEnabled: boolean;
  /** True: the same, said as a rollback. */
  readonly rollbackMode: boolean;
}
