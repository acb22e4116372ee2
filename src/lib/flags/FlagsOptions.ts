import type { Clock } from '../core/Clock.js';
import type { RandomBytes } from '../core/ids.js';
import type { Store } from '../state/Store.js';

/** What the flags room is given. */
export interface FlagsOptions {
  readonly store: Store;
  /** Domain time. */
  readonly clock: Clock;
  /** @default the machine's clock */
  readonly realTime?: Clock;
  readonly random?: RandomBytes;
  /** False where FEATURE_FLAGS_ENABLED=false or ROLLBACK_MODE=true: every flag is off. */
  readonly servesFlags: boolean;
  /** Waits in real time; ends early when the signal is given. Injected by tests. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}
