/** `npm audit --json` (and pnpm's): vulnerabilities by severity. */
import { z } from 'zod';
import { BadReport, type Issues } from './Report.js';

const count = z.int().nonnegative().default(0);
const audit = z.looseObject({
  metadata: z.looseObject({
    vulnerabilities: z.looseObject({ low: count, moderate: count, high: count, critical: count }),
  }),
});
const failed = z.looseObject({
  error: z.looseObject({ code: z.string(), summary: z.string().optional() }),
});

export function isNpmAudit(value: object): boolean {
  return audit.safeParse(value).success || 'auditReportVersion' in value || failed.safeParse(value).success;
}

/** @throws BadReport */
export function readNpmAudit(value: object): Issues {
  const broken = failed.safeParse(value);
  if (broken.success) {
    const { code, summary } = broken.data.error;
    throw new BadReport(`says that the audit itself failed: ${code} ${summary ?? ''}`.trim().slice(0, 200));
  }
  const read = audit.safeParse(value);
  if (!read.success) throw new BadReport('is an npm audit without metadata.vulnerabilities');
  const { low, moderate, high, critical } = read.data.metadata.vulnerabilities;
  return { kind: 'issues', critical, high, medium: moderate, low };
}
