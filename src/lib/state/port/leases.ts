/** Who acts, where only one may. */
import type { Fence } from './documents.js';

export interface LeaseOptions {
  readonly owner: string;
  /** How long a holder that goes silent keeps the lease, ms. */
  readonly ttlMs: number;
  /** Called whenever this process becomes the holder. */
  onGained(fence: Fence): void;
  /** Called as soon as this process can no longer be sure that it is (at 0.8 ttl without a renewal), or gave it up. */
  onLost(): void;
}

export interface Lease {
  /** The token, while this process may believe itself the holder. */
  readonly fence: Fence | undefined;
  /** Who holds it, as the store says; undefined where nobody does. */
  holder(): Promise<{ readonly owner: string; readonly token: number } | undefined>;
  /** Gives it up, so that another may have it at once. */
  close(): Promise<void>;
}
