/** What a decision about a deployment is made from, and what it comes to. Plain data. */
import type { Notice } from '../../alerts/Card.js';
import type { DeploymentDocument } from '../documents.js';
import type { GateResult } from '../gate/GateResult.js';

export interface Situation {
  /** The newest of the environment, whatever became of it. */
  readonly newest: DeploymentDocument | undefined;
  /** The one before the newest that the sender speaks of by its own name: it is over, whatever comes of it now. */
  readonly past: DeploymentDocument | undefined;
  /** The newest gate result of the version that is spoken of. */
  readonly gate: GateResult | undefined;
  /** Rollouts that are under way. */
  readonly rollouts: readonly string[];
  /** Domain time. */
  readonly now: number;
}

export interface Move {
  /** As it stands in the store; undefined where it is new. */
  readonly before: DeploymentDocument | undefined;
  readonly document: DeploymentDocument;
}

export type Decided =
  | {
      readonly is: 'moved';
      /** What was asked for comes first. */
      readonly moves: readonly [Move, ...Move[]];
      /** Must still be as it was known, though it stays as it is. */
      readonly holds?: DeploymentDocument;
      readonly notices: readonly Notice[];
      /** One line for the audit. */
      readonly title: string;
    }
  /** It is so already, or it is old news. */
  | { readonly is: 'unchanged'; readonly document: DeploymentDocument };
