import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Seen } from '../../../src/sandbox/index.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { describeRedis } from '../../support/redis/available.js';
import { startRedis, type RedisProcess } from '../../support/redis/server.js';
import { until } from '../../support/redis/until.js';
import { asAdmin, createFlag } from '../chat/chat.js';

/** Longer than a person may be left without any answer; Discord itself gives up after 3 s. */
const answeredWithinMs = 2_500;

describeRedis('a bot on Redis', () => {
  let redis: RedisProcess;
  let bot: RunningBot;

  beforeAll(async () => {
    redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
    bot = await startBot({ env: { REDIS_URL: redis.url } });
    await createFlag(bot, 'walls');
    await asAdmin(bot, '/feature enable', { name: 'walls', percentage: '100' });
  });

  afterAll(async () => {
    await bot.close();
    await redis.dispose();
    expect(bot.violations).toEqual([]);
  });

  beforeEach(async () => {
    await until('the bot is in step with Redis', () => bot.rollouts.flags.stale === undefined);
  });

  const ready = async (): Promise<number> => (await fetch(`${bot.rollouts.httpUrl}/readyz`)).status;

  /** What stands in the person's answer once nothing is being checked any more. */
  async function settled(answer: Seen): Promise<Seen> {
    const admin = bot.as('admin').in('operations');
    return until('the answer is final', async () => {
      const now = (await admin.messages()).find(({ id }) => id === answer.id);
      return now !== undefined && !now.text.includes('Checking') ? now : undefined;
    });
  }

  test('with Redis gone, flags keep their value, a change is refused for good, and readiness says no', async () => {
    const guild = bot.sandbox.world.guild('beta_server_1').id;
    await redis.stop();
    try {
      await until('the bot noticed', async () => (await ready()) === 503);
      expect(bot.rollouts.flags.isEnabled('walls', guild)).toBe(true);
      const asked = performance.now();
      const answer = await bot.as('admin').in('operations').slash('/feature kill', { name: 'walls' });
      expect(performance.now() - asked).toBeLessThan(answeredWithinMs);
      expect(answer.text).toMatch(/nothing/i);
      expect(
        (await bot.as('admin').in('operations').slash('/feature info', { name: 'walls' })).text,
      ).toContain('The state store is unreachable');
    } finally {
      await redis.start();
    }
    await until('the bot is ready again', async () => (await ready()) === 200);
    expect(bot.rollouts.flags.isEnabled('walls', guild)).toBe(true);
    expect((await bot.rollouts.flags.history('walls', 10)).map(({ title }) => title).join()).not.toMatch(
      /kill/i,
    );
  });

  test.each([1, 2, 3])(
    'frozen in the middle of a command (%i): what the person was told is what happened',
    async (round) => {
      const name = `frozen_${round}`;
      await createFlag(bot, name);
      redis.freeze();
      let answer: Seen;
      try {
        const asked = performance.now();
        answer = await bot.as('admin').in('operations').slash('/feature enable', { name, percentage: '10' });
        expect(performance.now() - asked).toBeLessThan(answeredWithinMs);
      } finally {
        redis.thaw();
      }
      const final = await settled(answer);
      await until('the bot is in step with Redis', () => bot.rollouts.flags.stale === undefined);
      const [document] = await bot.rollouts.store.getMany('flags', [name]);
      const happened = document?.basisPoints === 1_000;
      const toldDone = final.text.includes('10 %') && !/did not|nothing/i.test(final.text);
      expect(toldDone, final.text).toBe(happened);
    },
  );

  test('after a restart the notices of what was done before it still arrive, once', async () => {
    const operations = bot.as('staff').in('operations');
    await createFlag(bot, 'survivor');
    await redis.stop();
    await redis.start();
    await until('the bot is ready again', async () => (await ready()) === 200);
    const notices = async (): Promise<number> =>
      (await operations.messages()).filter(({ ephemeral, text }) => !ephemeral && text.includes('survivor'))
        .length;
    await until('the notice is there', notices);
    await asAdmin(bot, '/feature enable', { name: 'survivor', percentage: '1' });
    await until('the second notice is there', async () => (await notices()) >= 2);
    expect(await notices()).toBe(2);
  });
});
