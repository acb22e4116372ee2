/** What smoke tests are told by `deployments.yaml`, after it was checked. */
import type { Endpoint } from './probes/probeEndpoint.js';

export interface SmokeSettings {
  /** Domain time between two runs of the suite `smoke` by themselves, ms; undefined = only when asked. */
  readonly everyMs: number | undefined;
  /** What the bot cannot do without, beside Discord. */
  readonly endpoints: readonly Endpoint[];
  /** What people look at when something is wrong. */
  readonly dashboards: readonly Endpoint[];
  /** Where log lines are looked for; `{marker}` in the address is replaced by what is looked for. */
  readonly logs: { readonly url: string; readonly tokenEnv: string | undefined } | undefined;
}

export const noSmokeSettings: SmokeSettings = {
  everyMs: undefined,
  endpoints: [],
  dashboards: [],
  logs: undefined,
};
