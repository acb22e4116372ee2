/**
 * Where a room gets the time from. There are two clocks in the house, both of this shape:
 * **domain time** (phases, schedules, retention), which tests and the sandbox may speed up, and
 * **real time** (leases, deadlines, confirmations, latency), which nobody speeds up.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** How many of its ms pass in one ms of real time, where it is sped up. @default 1 */
  readonly speed?: number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
