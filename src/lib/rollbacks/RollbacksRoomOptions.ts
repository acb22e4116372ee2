/** What the rollbacks room is made of. */
import type { Clock } from '../core/Clock.js';
import type { RandomBytes } from '../core/ids.js';
import type { FeedbackRecords } from '../health/feedback/FeedbackRecords.js';
import type { Store } from '../state/Store.js';
import type { FlagsForRollbacks, RolloutsForRollbacks } from './acting/TakingBack.js';
import type { RecordsForRollbacks } from './descent/Watch.js';
import type { Prove, StepWork, WriteReceipt } from './work.js';

export interface RollbacksRoomOptions {
  readonly store: Pick<Store, 'commit' | 'time' | 'outcome'>;
  /** `FlagsService`. */
  readonly flags: FlagsForRollbacks;
  /** `Rollouts`. */
  readonly rollouts: RolloutsForRollbacks;
  /** `HealthRoom.records`. */
  readonly records: RecordsForRollbacks;
  readonly feedback: Pick<FeedbackRecords, 'criticalReports'>;
  /** What is done outside of state, at most one a step; a step without one is skipped. */
  readonly works: readonly StepWork[];
  readonly prove: Prove;
  readonly writeReceipt: WriteReceipt;
  /** Domain time. */
  readonly clock: Clock;
  /** @default the machine's clock */
  readonly realTime?: Clock;
  readonly random?: RandomBytes;
  /** Domain time between two drills, ms. @default none but those that somebody asks for */
  readonly drillEveryMs?: number | undefined;
  /** Something is to be done at once, by the lease holder. */
  readonly onDue?: () => void;
  /** Told of what went wrong and is nobody's to read in chat. */
  readonly warn: (message: string, cause?: unknown) => void;
  /** Waits in real time; ends early when the signal is given. Injected by tests. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Calls back once after so many ms of real time, unless cancelled before. Injected by tests. */
  readonly after?: (ms: number, callback: () => void) => { cancel(): void };
}
