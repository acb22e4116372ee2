/** What a hard limit says once it is passed: no evidence between arms is needed, or would come in time. */
import type { Consequence } from '../metricDefaults.js';

export type HardLimitName =
  | 'crash-storm'
  | 'outage'
  | 'user-reports'
  | 'memory'
  | 'database'
  | 'state-store'
  /** A metric of another system. */
  | 'source';

export interface HardLimit {
  readonly limit: HardLimitName;
  readonly leadsTo: Consequence;
  /** True where the on-call person is to be woken besides. */
  readonly pages: boolean;
  /** The numbers behind it, for the explanation; rates as fractions, times in ms. */
  readonly facts: Readonly<Record<string, number | string>>;
}
