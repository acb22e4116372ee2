/** Somebody deletes the staff's channel while a rollout runs: it goes on, and is told of again once there is one. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Seen } from '../../../src/sandbox/index.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { createFlag } from '../chat/chat.js';
import { cardsOf, startRollout } from './rolloutChat.js';

let aheadMs = 0;
let bot: RunningBot;
const room = () => bot.rollouts.rollouts;

beforeAll(async () => {
  bot = await startBot({ clocks: { realTime: { now: () => Date.now() + aheadMs } } });
  await createFlag(bot, 'warm_hello');
  await startRollout(bot, 'warm_hello');
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

it('what is asked of it works all the same, and its card comes to the new channel', async () => {
  bot.sandbox.deleteChannel('operations');
  const admin = bot.as('admin').in('general');
  const answer = await admin.slash('/rollout pause', {
    rollout: 'warm_hello',
    reason: 'Where is the channel?',
  });
  expect(answer.text).toContain('Pause the rollout of warm_hello');
  expect((await room().status('warm_hello')).state).toBe('paused');
  bot.sandbox.world.addChannel('operations');
  const look = async (): Promise<Seen | undefined> => {
    // A channel that is gone is looked for again after ten minutes.
    aheadMs += 11 * 60_000;
    bot.rollouts.control.wake('show');
    return (await cardsOf(bot, 'warm_hello')).find(({ text }) => text.includes('Where is the channel?'));
  };
  await expect
    .poll(async () => (await look())?.buttons, { timeout: 15_000, interval: 1_500 })
    .toContain('Resume');
});
