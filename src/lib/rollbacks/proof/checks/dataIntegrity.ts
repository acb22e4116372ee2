/** "Data integrity": what the walk through the whole state found. */
import { count } from '../../../core/count.js';
import { z } from 'zod';
import type { Json } from '../../../core/Json.js';
import type { IntegrityReport } from '../integrity/IntegrityReport.js';
import { type CheckFinding, type Conclusion } from './Finding.js';

const evidence = z.object({
  seq: z.number(),
  documents: z.int(),
  auditEntries: z.int(),
  outboxEntries: z.int(),
  /** The audit's sealed head. */
  seal: z.string(),
  problems: z.int(),
  found: z.array(z.object({ what: z.string(), where: z.string(), problem: z.string() })),
});

const mostShown = 15;

export function dataIntegrity(report: IntegrityReport): CheckFinding {
  const { seq, documents, auditEntries, outboxEntries, seal, findings } = report;
  const found = findings
    .slice(0, mostShown)
    .map(({ what, where, problem }) => ({ what, where, problem: problem.slice(0, 200) }));
  const seen: z.infer<typeof evidence> = {
    ...{ seq, documents, auditEntries, outboxEntries, seal, found },
    problems: findings.length,
  };
  return { ...conclude(seen), evidence: seen };
}

/** The same from evidence alone; undefined where it is none. */
export function concludeDataIntegrity(seen: Json): Conclusion | undefined {
  const read = evidence.safeParse(seen);
  return read.success ? conclude(read.data) : undefined;
}

function conclude({ documents, auditEntries, problems, found }: z.infer<typeof evidence>): Conclusion {
  if (problems === 0 && found.length === 0) {
    const what = `${count(documents, 'document')} and ${count(auditEntries, 'audit entry', 'audit entries')}`;
    return { verdict: 'passed', sentence: `${what}: all readable, and in agreement with each other.` };
  }
  const [first] = found;
  const one = first === undefined ? '' : ` ${first.where}: ${first.problem}`;
  return {
    verdict: 'failed',
    sentence: `${count(problems, 'problem')} in the state.${one} See /rollback recover.`,
  };
}
