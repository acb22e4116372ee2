/** The documents of this room as they stand in state. Changing a shape means raising `schema` and writing a migration. */
import type { FlagDocument, Stamp } from '../flags/documents.js';
import type { EvidenceState } from '../health/judging/evidence.js';
import type { Proof } from './proof/Proof.js';

/** Why people (or the judge) go back. */
export const rollbackTriggers = [
  'security',
  'data-corruption',
  'external-dependency',
  'compliance',
  'judged',
  'drill',
  'other',
] as const;
export type RollbackTrigger = (typeof rollbackTriggers)[number];

/**
 * `running`: steps are under way (gradual: the ceiling comes down) · `paused`: gradual, a person stopped it · `returning`:
 * gradual, cancelled, guilds come back in reverse order · `proving`: all was done, the proof is looked for ·
 * and two ends. A step that failed does not end it: the rest goes on, and the end says so.
 */
export const rollbackStates = [
  'running',
  'paused',
  'returning',
  'proving',
  'completed',
  'cancelled',
] as const;
export type RollbackState = (typeof rollbackStates)[number];

/** In the order in which they are run. A gradual one runs snapshot and database before its flags. */
export const stepNames = [
  /** Flags killed, or the switch for everything; in the commit that makes the document. Gradual: the last batch. */
  'flags',
  /** A snapshot of the state, with what the flags were before (`before`) beside it. */
  'snapshot',
  /** The host's own database is backed up, and the backup is verified. */
  'database',
  /** The previous version is brought up, and is ready. Nothing is taken down before that. */
  'bring-up',
  /** HTTP traffic and the gateway go to the previous version. */
  'hand-over',
  /** The new version is taken down. */
  'take-down',
  /** Read back from every process. */
  'proof',
] as const;
export type StepName = (typeof stepNames)[number];

export interface RollbackStep {
  readonly name: StepName;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  /** Real time, ms since epoch. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** One sentence for people: what was done, how far it is, why it failed or is skipped. */
  readonly detail: string;
  /** Facts for the receipt: a file's name and digest, exit codes. Small. */
  readonly facts?: { readonly [name: string]: string | number | boolean | null };
}

export interface DescentBatch {
  /** Raw 32-bit position at and above which it is off since then. */
  readonly ceiling: number;
  /** How many guilds it turned off. */
  readonly guilds: number;
  /** Domain time. */
  readonly at: number;
}

/** A gradual rollback's way down. It is the same size for a hundred guilds and for a million. */
export interface Descent {
  /** Guilds that had it on when it began. */
  readonly affected: number;
  readonly batchSize: number;
  /** So far, ceilings descending: the way back. The last batch of all is none of them: it kills. At most 50. */
  readonly batches: readonly DescentBatch[];
  /** Guilds that were turned off so far. */
  readonly off: number;
  /** Domain time at which the next batch is due; null = none is. */
  readonly nextAt: number | null;
  /** Why it was made immediate; null = it was not. */
  readonly hurried: { readonly at: number; readonly why: string } | null;
  /** How strongly the guilds that it is off for already speak against recovering, and up to when (domain time) was looked. */
  readonly evidence: { readonly state: EvidenceState; readonly until: number };
}

export interface RollbackNews {
  /** Counts up without gaps. */
  readonly n: number;
  /** Real time, ms since epoch. */
  readonly at: number;
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  readonly text: string;
}

/** `rollbacks:<id>` */
export interface RollbackDocument {
  readonly v: number;
  readonly schema: 1;
  readonly id: string;
  readonly kind: 'immediate' | 'gradual' | 'drill';
  /** A flag's key; null = everything. */
  readonly flag: string | null;
  readonly trigger: RollbackTrigger;
  readonly reason: string;
  /** Domain time in `at`. */
  readonly created: Stamp & { readonly name: string };
  /** The host's own database is backed up first. */
  readonly withDatabase: boolean;
  /** Real time of the press, ms since epoch: the stopwatch's zero. */
  readonly pressedAt: number;
  /** Real time at which it was off by commit (immediate: its first commit; gradual: its last batch); null = not yet. */
  readonly offAt: number | null;
  /** Real time of its end; null = not yet. */
  readonly endedAt: number | null;
  readonly state: RollbackState;
  /** Grows with the state, and not with every batch and step: a button that is a moment old must still work. Buttons carry it. */
  readonly revision: number;
  readonly steps: readonly RollbackStep[];
  readonly descent: Descent | null;
  /** Rollouts that it rolled back. */
  readonly rollouts: readonly string[];
  /** The flags as they were before; empty where everything was turned off by the switch. At most one document a flag named. */
  readonly before: readonly FlagDocument[];
  /** False for the moments in which a large bot still counts: not before the press takes effect, but right after. */
  readonly isCounted: boolean;
  /** Guilds and members that had it on at the press. */
  readonly affected: { readonly guilds: number; readonly members: number };
  /** Of the guilds that had it on, a fixed sample that the proof asks about. At most 50 ids. */
  readonly sample: readonly string[];
  readonly proof: Proof | null;
  /** Who said that they have seen it and look after it, domain time in `at`; undefined = nobody yet. */
  readonly acknowledged?: Stamp & { readonly name: string };
  /** SHA-256 (hex) of the receipt, once there is one; it stands in the audit, too. */
  readonly receipt: string | null;
  /** The newest 40. */
  readonly news: readonly RollbackNews[];
  readonly newsCount: number;
}
