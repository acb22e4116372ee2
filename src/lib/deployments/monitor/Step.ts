import type { Notice } from '../../alerts/Card.js';
import type { HourFacts } from '../../alerts/wording/monitorEnd.js';
import type { DeploymentDocument } from '../documents.js';

/** One step of a monitor, to be committed under the fence, with the notices, by whoever holds the document. */
export interface MonitorStep {
  /** As it was read, with another `usual`, `monitor`, `news` or `revision`; never another state. */
  readonly next: DeploymentDocument;
  readonly notices: readonly Notice[];
  /** How the watching ended: what the state becomes, and why; null = it goes on. */
  readonly over: {
    readonly state: 'succeeded' | 'rolled-back';
    readonly why: string;
    readonly tone: 'good' | 'warn' | 'bad';
    /** The line of news in the card's thread, where `why` was told there before. @default why */
    readonly news?: string;
    /** How the hour ended that was watched to its end. */
    readonly hour?: HourFacts;
  } | null;
}

/** The monitor as the life cycle calls it. Domain time, ms since epoch. Level-triggered: asking again changes nothing. */
export interface DeploymentMonitor {
  /** When {@link turn} has something to do; null = it has nothing to do with a deployment in this state. */
  dueAt(document: DeploymentDocument): number | null;
  /** The document as `watching` begins. */
  begin(document: DeploymentDocument, now: number): DeploymentDocument;
  /**
   * Freezes what is usual while a deployment begins; takes a look, or acts on what the last one found, while it is watched.
   * Null: nothing is due. A breach is committed before it is acted upon: call again at once where `dueAt` says so.
   *
   * @throws Unavailable
   */
  turn(document: DeploymentDocument, now: number): Promise<MonitorStep | null>;
  /** Everything was rolled back, by the monitor or by a person: what those hear who were told of a trouble. */
  takenBack(document: DeploymentDocument): readonly Notice[];
  /** The deployment is over: what was frozen for it goes. */
  forget(document: DeploymentDocument): Promise<void>;
}
