/** The audit: its seals fit, its entries are in order, and those of one commit bear one name. */
import { parseEntryId } from '../../../state/entryId.js';
import type { AuditEntry, AuditTrail } from '../../../state/Store.js';
import type { IntegrityFinding } from './IntegrityReport.js';

export interface AuditFindings {
  readonly count: number;
  readonly seal: string;
  /** The newest commit that an entry names; 0 = none does. */
  readonly newest: number;
  readonly findings: readonly IntegrityFinding[];
}

/** Entries a step. */
const page = 500;

/** Throws Unavailable. */
export async function auditFindings(
  audit: Pick<AuditTrail, 'read' | 'verify' | 'head'>,
  breathe: () => Promise<void>,
): Promise<AuditFindings> {
  const verdict = await audit.verify();
  if (!verdict.ok) {
    // What cannot be read cannot be put in order either.
    const { entries, problem, id } = verdict;
    const findings = [{ what: 'audit', where: `audit entry ${id}`, problem }] as const;
    return { count: entries, seal: (await audit.head()).seal, newest: 0, findings };
  }
  const findings: IntegrityFinding[] = [];
  let newest = 0;
  let later: AuditEntry | undefined;
  for (;;) {
    const entries: readonly AuditEntry[] = await audit.read({
      limit: page,
      ...(later !== undefined && { before: later.id }),
    });
    for (const entry of entries) {
      newest = Math.max(newest, entry.seq);
      const problem = problemOf(entry, later);
      if (problem !== undefined) findings.push({ what: 'audit', where: `audit entry ${entry.id}`, problem });
      later = entry;
      await breathe();
    }
    if (entries.length < page) break;
  }
  return { count: verdict.entries, seal: verdict.head.seal, newest, findings };
}

/** @param later the entry that follows it */
function problemOf(entry: AuditEntry, later: AuditEntry | undefined): string | undefined {
  const at = parseEntryId(entry.id);
  if (at === undefined || at.seq !== entry.seq) return 'Its name does not fit its commit.';
  if (later === undefined || later.seq > entry.seq) return undefined;
  if (later.seq < entry.seq) return `It stands before an entry of the older commit ${later.seq}.`;
  return later.commitId === entry.commitId
    ? undefined
    : `Two commits bear the number ${entry.seq}, as after a failover that lost one of them.`;
}
