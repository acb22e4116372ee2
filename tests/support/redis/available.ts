/** Runs tests only where a Redis server can be had; says so loudly where not, and fails there in CI. */
import { describe } from 'vitest';
import { redisServer } from '../../../scripts/redis-for-tests.mjs';

const problem = await redisServer().then(
  () => undefined,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);
if (problem !== undefined) {
  if (process.env['CI']) throw new Error(problem);
  process.stderr.write(`\n*** SKIPPED: tests on Redis. ${problem}\n\n`);
}

export const describeRedis = describe.skipIf(problem !== undefined);
