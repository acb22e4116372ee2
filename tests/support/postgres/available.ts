/** Runs tests only where PostgreSQL can be had; says so loudly where not, and fails there in CI. */
import { describe } from 'vitest';
import { postgresPrograms } from '../../../scripts/postgres-for-tests.mjs';

const problem = await postgresPrograms().then(
  () => undefined,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);
if (problem !== undefined) {
  if (process.env['CI']) throw new Error(problem);
  process.stderr.write(`\n*** SKIPPED: tests on PostgreSQL. ${problem}\n\n`);
}

export const describePostgres = describe.skipIf(problem !== undefined);
