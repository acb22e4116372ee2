/** What the monitor needs of rooms above it. The composition fills both. */
import type { DeploymentDocument } from '../documents.js';

/** Each answers what came of it in one sentence, and does nothing where it is done already: it may be asked twice. */
export interface Acting {
  /** The version before comes back, and every flag that came with the new one goes off. */
  rollback(deployment: DeploymentDocument, reason: string): Promise<string>;
  /** A gradual rollback of one flag. */
  gradual(flag: string, reason: string): Promise<string>;
  /** The flag's rollout stays where it is until a person resumes it. */
  pause(flag: string, reason: string): Promise<string>;
}

/** What the judge of a rollout says of one metric: guilds with the flag against guilds without it. */
export interface JudgedArms {
  readonly flag: string;
  readonly metric: 'errors' | 'latency';
  readonly isProven: boolean;
  /** For people, with the numbers. */
  readonly sentence: string;
}

export interface RolloutUnderWay {
  readonly id: string;
  readonly flag: string;
  /** What its buttons hold for. */
  readonly revision: number;
}

export interface Arms {
  /** Of those of the rollouts (ids) that are under way. Throws Unavailable. */
  judged(rollouts: readonly string[]): Promise<readonly JudgedArms[]>;
  /** Those of the rollouts that are under way. */
  underWay(rollouts: readonly string[]): readonly RolloutUnderWay[];
}
