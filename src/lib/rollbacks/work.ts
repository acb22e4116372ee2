/** What a rollback does outside of state, as ports: whoever composes the house fills them. */
import type { NoticeFile } from '../alerts/Card.js';
import type { Fence } from '../state/Store.js';
import type { RollbackDocument, RollbackStep, StepName } from './documents.js';
import type { Proof } from './proof/Proof.js';

export interface Doing {
  readonly rollback: RollbackDocument;
  /** How far it is, one short sentence; shown live, kept only as the newest. */
  readonly progress: (detail: string) => void;
  /** Aborted where the lease was lost or the deadline is over: let go at once. */
  readonly signal: AbortSignal;
}

/**
 * One step's work. It is run by the lease holder; a process that dies in it is replaced by one that runs it again from the
 * beginning, so it must be idempotent. What it throws fails the step with that sentence, and the rest goes on.
 */
export interface StepWork {
  readonly name: Exclude<StepName, 'flags' | 'proof'>;
  /** At most so long, ms of real time. */
  readonly deadlineMs: number;
  /** Null where it is wanted; else one sentence why it is skipped ("No deployment driver is configured."). */
  skipped(rollback: RollbackDocument): string | null;
  /** What it would do, for the dry run; one line each. */
  plan(rollback: Pick<RollbackDocument, 'flag' | 'kind'>): Promise<readonly string[]>;
  run(doing: Doing): Promise<Pick<RollbackStep, 'detail' | 'facts'>>;
}

/** Looks for the proof; called again and again until {@link Proof.isFinal}. Changes nothing. Throws only Unavailable. */
export type Prove = (rollback: RollbackDocument, before: Proof | null) => Promise<Proof>;

export interface Receipt {
  /** SHA-256 (hex) over the receipt's content, the one that stands in the file. */
  readonly digest: string;
  readonly file: NoticeFile;
}

/** The receipt of a rollback whose proof is final. @param fence the lease holder's: the audit is sealed first. Throws only Unavailable, Fenced */
export type WriteReceipt = (rollback: RollbackDocument, fence: Fence) => Promise<Receipt>;
