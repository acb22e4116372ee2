/** Runs tests only where systemd's journal can be had; says so loudly where not, and fails there in CI. */
import { describe } from 'vitest';
import { journalPrograms } from '../../../scripts/journal-for-tests.mjs';

const problem = await journalPrograms().then(
  () => undefined,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);
if (problem !== undefined) {
  if (process.env['CI']) throw new Error(problem);
  process.stderr.write(`\n*** SKIPPED: tests on systemd's journal. ${problem}\n\n`);
}

export const describeJournal = describe.skipIf(problem !== undefined);
