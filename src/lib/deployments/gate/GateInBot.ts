/** The gate run inside the bot, where the source is beside it; undefined in the house where it is not. */
import type { GateResult } from './GateResult.js';

export interface GateTick {
  readonly stage: string;
  readonly state: 'running' | 'passed' | 'failed' | 'not-run';
  /** The last line that its command wrote, or why it ended so. */
  readonly detail: string;
}

export interface GateRun {
  readonly release: string;
  /** Ends the command that runs. */
  readonly signal: AbortSignal;
  /** What there is so far, in order; called often. */
  readonly onTicks: (ticks: readonly GateTick[]) => void;
}

/** @throws RolloutError where the gate's file is wrong or missing; then nothing was run */
export type GateInBot = (run: GateRun) => Promise<GateResult>;
