/** Notices on their way: each once, and of a commit that the audit knows. */
import type { AuditTrail, Outbox, OutboxEntry } from '../../../state/Store.js';
import type { IntegrityFinding } from './IntegrityReport.js';

export interface OutboxFindings {
  readonly count: number;
  /** The newest commit that an entry names; 0 = none does. */
  readonly newest: number;
  readonly findings: readonly IntegrityFinding[];
}

/** More than this many are on their way on no day; those beyond are not looked at. */
const most = 10_000;

/** Throws Unavailable. */
export async function outboxFindings(
  store: { readonly outbox: Pick<Outbox, 'pending' | 'parked'>; readonly audit: Pick<AuditTrail, 'get'> },
  breathe: () => Promise<void>,
): Promise<OutboxFindings> {
  const entries = [...(await store.outbox.pending(most)), ...(await store.outbox.parked())];
  const findings: IntegrityFinding[] = [];
  const ids = new Set<string>();
  let newest = 0;
  for (const entry of entries) {
    newest = Math.max(newest, entry.seq);
    const where = `notice ${entry.id}`;
    if (ids.has(entry.id))
      findings.push({ what: 'outbox', where, problem: 'It is both waiting and set aside, or there twice.' });
    ids.add(entry.id);
    if (!(await isOfItsCommit(entry, store.audit)))
      findings.push({
        ...{ what: 'outbox', where },
        problem: `Commit ${entry.seq} is another one in the audit: it was lost in a failover.`,
      });
    await breathe();
  }
  return { count: entries.length, newest, findings };
}

/** Commits without an audit entry cannot be looked up, and are none of a person's. */
async function isOfItsCommit(
  { seq, commitId }: OutboxEntry,
  audit: Pick<AuditTrail, 'get'>,
): Promise<boolean> {
  const entry = await audit.get(`${seq}-0`);
  return entry === undefined || entry.commitId === commitId;
}
