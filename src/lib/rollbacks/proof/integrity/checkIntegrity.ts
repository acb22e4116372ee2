/**
 * Walks through the whole state and looks whether it agrees with itself: documents, their versions, the audit's order and
 * seals, and the notices on their way. Changes nothing; gives other work its turn every few milliseconds.
 */
import { breather } from '../../../state/breather.js';
import {
  namespaces,
  type LoadedState,
  type Namespace,
  type Store,
  type StoredDocument,
} from '../../../state/Store.js';
import { auditFindings } from './auditFindings.js';
import type { IntegrityFinding, IntegrityReport } from './IntegrityReport.js';
import { outboxFindings } from './outboxFindings.js';

export interface IntegrityOptions {
  readonly store: Pick<Store, 'load' | 'unlisted' | 'audit' | 'outbox'>;
  /** What is wrong with a document as its room would read it; undefined: nothing, or nobody knows its shape. */
  readonly problemOf: (ns: Namespace, key: string, document: StoredDocument) => string | undefined;
  /** Gives other work its turn where it is time; awaited for each document, entry and notice. */
  readonly breathe?: () => Promise<void>;
}

/** Throws Unavailable. */
export async function checkIntegrity(options: IntegrityOptions): Promise<IntegrityReport> {
  const { store, problemOf, breathe = breather() } = options;
  // First what may only grow: whatever they name must be in the state that is loaded after.
  const outbox = await outboxFindings(store, breathe);
  const audit = await auditFindings(store.audit, breathe);
  const state = await store.load();
  const documents = await documentFindings(state, problemOf, breathe);
  const strays = (await store.unlisted()).map(({ ns, key }): IntegrityFinding => ({
    ...{ what: 'index', where: `${ns}:${key}` },
    problem: 'It is there, but not listed: nobody loads it. Go back to a snapshot.',
  }));
  const { seq } = state.head;
  const late = Math.max(outbox.newest, audit.newest);
  const sequence: readonly IntegrityFinding[] =
    late > seq
      ? [
          {
            what: 'sequence',
            where: `commit ${seq}`,
            problem: `It is the newest, but commit ${late} left traces.`,
          },
        ]
      : [];
  return {
    seq,
    documents: documents.count,
    auditEntries: audit.count,
    outboxEntries: outbox.count,
    seal: audit.seal,
    findings: [...documents.findings, ...strays, ...sequence, ...audit.findings, ...outbox.findings],
  };
}

async function documentFindings(
  { head, documents, damaged }: LoadedState,
  problemOf: IntegrityOptions['problemOf'],
  breathe: () => Promise<void>,
): Promise<{ readonly count: number; readonly findings: readonly IntegrityFinding[] }> {
  const findings: IntegrityFinding[] = damaged.map(({ ns, key, problem }) => ({
    what: problem.startsWith('It is listed') ? 'index' : 'document',
    where: `${ns}:${key}`,
    problem,
    document: { ns, key },
  }));
  let count = damaged.length;
  for (const ns of namespaces) {
    for (const [key, document] of documents[ns]) {
      count += 1;
      const problem = problemOf(ns, key, document);
      const place = { where: `${ns}:${key}`, document: { ns, key } };
      if (problem !== undefined) findings.push({ what: 'document', ...place, problem });
      if (document.v > head.seq)
        findings.push({
          ...{ what: 'version', ...place },
          problem: `It says that commit ${document.v} wrote it, but the newest is ${head.seq}.`,
        });
      await breathe();
    }
  }
  return { count, findings };
}
