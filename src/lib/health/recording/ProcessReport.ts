/** What a process says of itself with every flush. Its times are real time: process guards are never sped up. */
import type { ProbeResult } from '../judging/hardLimits/probes.js';

export interface ProcessReport {
  /** Names the process for its lifetime; a restarted process is another. */
  readonly process: string;
  /** When it was written: the store's own time, ms since epoch. */
  readonly at: number;
  /** Real time, ms since epoch. */
  readonly startedAt: number;
  /** Resident bytes, one sample a minute for the last 5 hours, oldest first: fits `ProcessMemory`. `at` in real time. */
  readonly memory: readonly { readonly at: number; readonly bytes: number }[];
  /** How late the event loop was since the report before, ms. */
  readonly eventLoopDelayMs: { readonly median: number; readonly p99: number; readonly max: number };
  /** Round trip of the gateway's heartbeat, ms; null where the gateway is not connected. */
  readonly gatewayPingMs: number | null;
  /** The last results by probe, oldest first, `at` in real time: fits `probeLimit`. `state-store` is this bot's own store. */
  readonly probes: Readonly<Record<string, readonly ProbeResult[]>>;
}
