/** What the rollouts room is made of. */
import type { Clock } from '../core/Clock.js';
import type { RandomBytes } from '../core/ids.js';
import type { FlagsService } from '../flags/FlagsService.js';
import type { FeedbackRecords } from '../health/feedback/FeedbackRecords.js';
import type { HealthRecords } from '../health/recording/HealthRecords.js';
import type { MetricSource } from '../health/sources/MetricSource.js';
import type { PrometheusMetrics } from '../health/sources/planSchema.js';
import type { Store } from '../state/Store.js';
import type { FailedSmokeTests } from './judging/findings.js';
import type { PlanShelf } from './plans/PlanShelf.js';

export interface RolloutsRoomOptions {
  readonly store: Store;
  readonly flags: FlagsService;
  readonly records: HealthRecords;
  readonly feedback: FeedbackRecords;
  readonly plans: () => PlanShelf;
  /** Domain time. */
  readonly clock: Clock;
  /** @default the machine's clock */
  readonly realTime?: Clock;
  readonly random?: RandomBytes;
  /** Whether anybody is configured who may approve. */
  readonly hasApprovers: boolean;
  readonly gatePassed?: (flag: string, gate: string) => boolean | undefined;
  /** The smoke tests that failed after a deployment during this rollout, in words that follow "The smoke test". @default none */
  readonly failedSmokeTests?: FailedSmokeTests;
  /** What the environment imposes, in words, for the card. */
  readonly overrides?: readonly string[];
  /** Sent to the Prometheus that a plan names. */
  readonly prometheusToken?: string | undefined;
  /** Injected by tests. @default asks over HTTP */
  readonly sourceOf?: (settings: PrometheusMetrics) => MetricSource;
  /** Something is to be done at once. */
  readonly onDue?: () => void;
  /** Waits in real time; ends early when the signal is given. Injected by tests. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}
