/** What a deployment needs of other rooms after it was begun; filled where the house is composed. */
import type { SmokeResult } from '../../smoke/SmokeTest.js';

/** Runs the suite that follows every deployment; `progress` is told how far it is. */
export type RunSmoke = (during: {
  readonly signal: AbortSignal;
  readonly progress: (detail: string) => void;
}) => Promise<readonly SmokeResult[]>;

/** Who took everything back since that moment of domain time, and why, in one sentence; undefined where nobody did. */
export type EverythingBack = (since: number) => string | undefined;
