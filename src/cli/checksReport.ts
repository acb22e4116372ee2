/** What a command that checks something ends in: lines for people, JSON, and a file for the gate. */
import { writeFile } from 'node:fs/promises';
import { linesOf, type ChecksReport } from '../lib/deployments/checks/CheckResult.js';
import { junitOf } from '../lib/deployments/checks/junit.js';
import { RolloutError } from '../lib/core/RolloutError.js';
import type { Report } from './Terminal.js';

export class ReportNotWritten extends RolloutError {
  public readonly code = 'REPORT_NOT_WRITTEN';
}

/**
 * @param file where the report goes as well: JUnit XML where its name ends in .xml, else JSON
 * @throws {ReportNotWritten}
 */
export async function checksReport(checks: ChecksReport, file: string | undefined): Promise<Report> {
  if (file !== undefined) {
    const text = file.endsWith('.xml') ? junitOf(checks) : `${JSON.stringify(checks, null, 2)}\n`;
    try {
      await writeFile(file, text);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new ReportNotWritten(`The report was not written: ${why}.`, {
        next: 'Name a file in a folder that exists and that may be written to.',
        cause,
      });
    }
  }
  const isPassed = checks.verdict === 'passed';
  return {
    exitCode: isPassed ? 0 : 1,
    text: linesOf(checks).join('\n'),
    json: { ok: isPassed, ...checks },
  };
}
