/** What a walk through the whole state found. */
import type { Namespace } from '../../../state/Store.js';

/**
 * `document`: not readable, or not what its room writes · `index`: listed and not there, or there and not listed ·
 * `version`: from a commit that never was · `sequence`: the history does not fit its head · `audit`: the chain of seals ·
 * `outbox`: a notice of a commit that never was, or two of one name.
 */
export const integrityAspects = ['document', 'index', 'version', 'sequence', 'audit', 'outbox'] as const;
export type IntegrityAspect = (typeof integrityAspects)[number];

export interface IntegrityFinding {
  readonly what: IntegrityAspect;
  /** For people: `flags:new_greeting`, an audit entry's id. */
  readonly where: string;
  /** One sentence. */
  readonly problem: string;
  /** The document, where it is about one: what may be set aside. */
  readonly document?: { readonly ns: Namespace; readonly key: string };
}

export interface IntegrityReport {
  /** The commit that it looked at. */
  readonly seq: number;
  readonly documents: number;
  readonly auditEntries: number;
  readonly outboxEntries: number;
  /** Of the audit's sealed head. */
  readonly seal: string;
  /** Empty where all is well. */
  readonly findings: readonly IntegrityFinding[];
}
