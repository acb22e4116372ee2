/** Two versions of the bot, logged in with one token: both get every event, and each event is answered once. */
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Versions } from './Versions.js';

let versions: Versions;
beforeEach(async () => {
  versions = await Versions.open();
});
afterEach(() => versions.close());

const nothingWrong = { unanswered: [], refused: 0 };

it(
  'a hundred interactions a second over ten handovers to and fro are each answered exactly once',
  { timeout: 180_000 },
  async () => {
    await versions.start('1.0.0');
    const tally = await versions.underTraffic(100, async () => {
      await versions.start('2.0.0');
      await versions.answering('2.0.0');
      for (let n = 0; n < 10; n += 1) {
        const release = n % 2 === 0 ? '1.0.0' : '2.0.0';
        await versions.handOver(release);
        await versions.answering(release);
      }
    });
    expect(tally).toMatchObject(nothingWrong);
    expect(tally.sent).toBeGreaterThan(1_000);
    expect((await versions.document()).turns).toHaveLength(12);
  },
);

it(
  'a new version takes over by itself, and the old one may be stopped then without anybody noticing',
  { timeout: 90_000 },
  async () => {
    const old = await versions.start('1.0.0');
    const tally = await versions.underTraffic(50, async () => {
      await versions.start('2.0.0');
      await versions.answering('2.0.0');
      const ended = once(old, 'exit');
      old.kill('SIGTERM');
      await ended;
    });
    expect(tally).toMatchObject(nothingWrong);
    expect(tally.sent).toBeGreaterThan(50);
  },
);
