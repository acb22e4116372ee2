/** What smoke tests are told by `deployments.yaml`, after it was checked. */
import type { Endpoint } from './probes/probeEndpoint.js';

/** Where log lines are gathered, and can be asked for. */
export interface GatheredLogs {
  /** `{marker}` in it is replaced by what is looked for. */
  readonly url: string;
  /** The environment variable with a bearer token. */
  readonly tokenEnv: string | undefined;
  /** ms of real time that a line may take to get there. */
  readonly withinMs: number;
}

/** No line may take longer, ms. */
export const longestLogsMs = 60_000;

export interface SmokeSettings {
  /** Domain time between two runs of the suite `smoke` by themselves, ms; undefined = only when asked. */
  readonly everyMs: number | undefined;
  /** What the bot cannot do without, beside Discord. */
  readonly endpoints: readonly Endpoint[];
  /** What people look at when something is wrong. */
  readonly dashboards: readonly Endpoint[];
  readonly logs: GatheredLogs | undefined;
}

export const noSmokeSettings: SmokeSettings = {
  everyMs: undefined,
  endpoints: [],
  dashboards: [],
  logs: undefined,
};
