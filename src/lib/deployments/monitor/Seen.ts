/** All that one look at a deployment rests on: plain numbers, so that the checks are arithmetic. */
import type { ProcessReport } from '../../health/recording/ProcessReport.js';
import type { ArmFailures } from '../../health/judging/hardLimits/failures.js';
import type { RiskRatioInterval } from '../../health/judging/riskRatio.js';
import type { JudgedArms } from './ports.js';

/** What ran lately. Domain time, ms. */
export interface Lately {
  readonly spanMs: number;
  readonly failures: ArmFailures;
  /** Null where nothing ran. */
  readonly p95Ms: number | null;
}

export interface Seen {
  /** The shortest of the last 5, 15 and 30 minutes since the deployment that holds enough runs, else the longest. */
  readonly lately: Lately;
  /** The last five minutes, however little ran in them. */
  readonly justNow: Lately;
  /** Of those that reported within the last 90 s. None = nothing is measured. */
  readonly processes: readonly ProcessReport[];
  /** Real time of the store, ms since epoch: what reports are dated by. */
  readonly realNow: number;
  /**
   * How many times as many quarter hours of a guild had errors, as each guild's own last seven days would let one expect;
   * null where nothing is known of them.
   */
  readonly sinceDeployed: RiskRatioInterval | null;
  readonly arms: readonly JudgedArms[];
}
