/** The store is away at the press. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { describeRedis } from '../../support/redis/available.js';
import { startRedis, type RedisProcess } from '../../support/redis/server.js';
import { until } from '../../support/redis/until.js';
import { cardThat, createOn, everywhere, noticeIn, rollbackThat } from './rollbackChat.js';

describeRedis('with Redis gone at the press', () => {
  let redis: RedisProcess;
  let bot: RunningBot;

  beforeAll(async () => {
    redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
    bot = await startBot({ env: { REDIS_URL: redis.url } });
    await createOn(bot, 'walls');
  });
  afterAll(async () => {
    await bot.close();
    await redis.dispose();
    expect(bot.violations).toEqual([]);
  });

  test('it is off here at once and says so; back again, it is off everywhere, announced, and carried on', async () => {
    const guild = bot.sandbox.world.guild('beta_server_1').id;
    const staff = bot.as('staff').in('operations');
    await redis.stop();
    try {
      await until('the bot noticed', () => bot.rollouts.flags.stale !== undefined);
      expect(bot.rollouts.flags.isEnabled('walls', guild)).toBe(true);
      const pressed = await staff.slash('/rollback now', { feature: 'walls', reason: 'It burns' });
      expect(pressed.text).toContain('walls is off in this process only');
      expect(pressed.text).toContain('ROLLBACK_MODE=true');
      expect(bot.rollouts.flags.isEnabled('walls', guild)).toBe(false);
      const why = await staff.slash('/feature info', { name: 'walls' });
      expect(why.text).toContain('The state store is unreachable');
    } finally {
      await redis.start();
    }
    const { id } = await rollbackThat(bot, 'walls', () => true);
    await until('the answer says that it is everywhere', async () =>
      (await staff.messages()).some(({ text }) => text.includes('walls is off everywhere now')),
    );
    for (const channel of everywhere) await noticeIn(bot, channel, 'walls is off everywhere now');
    await noticeIn(bot, 'operations', 'ROLLBACK INITIATED: It burns');
    await cardThat(bot, id, '✔ Snapshot of the state');
    expect(bot.rollouts.flags.isEnabled('walls', guild)).toBe(false);
    expect(bot.rollouts.flags.flag('walls').killed).not.toBeNull();
  });
});
