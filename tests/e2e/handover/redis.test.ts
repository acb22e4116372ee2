/** The same on Redis, where the versions need not share a machine: smaller, since what differs is the store. */
import { expect, it, onTestFinished } from 'vitest';
import { describeRedis } from '../../support/redis/available.js';
import { startRedis } from '../../support/redis/server.js';
import { Versions } from './Versions.js';

describeRedis('two versions on Redis', () => {
  it(
    'are handed over to and fro under fifty interactions a second, each answered exactly once',
    { timeout: 120_000 },
    async () => {
      const redis = await startRedis();
      onTestFinished(() => redis.dispose());
      const versions = await Versions.open(redis.url);
      onTestFinished(() => versions.close());
      await versions.start('1.0.0');
      const tally = await versions.underTraffic(50, async () => {
        await versions.start('2.0.0');
        await versions.answering('2.0.0');
        for (const release of ['1.0.0', '2.0.0', '1.0.0']) {
          await versions.handOver(release);
          await versions.answering(release);
        }
      });
      expect(tally).toMatchObject({ unanswered: [], refused: 0 });
      expect(tally.sent).toBeGreaterThan(200);
      expect((await versions.document()).turns).toHaveLength(5);
    },
  );
});
