/** What the environment decides wins over state at once, and is said on every answer and notice. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { asAdmin } from '../chat/chat.js';
import { createOn, noticeIn } from '../rollbacks/rollbackChat.js';

const says = 'FEATURE_FLAGS_ENABLED=false';
let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot({ env: { FEATURE_FLAGS_ENABLED: 'false' } });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

it('FEATURE_FLAGS_ENABLED=false: every flag is off, and info, list and notices say why', async () => {
  await createOn(bot, 'walls');
  const guild = bot.sandbox.world.guild('beta_server_1').id;
  expect(bot.rollouts.flags.isEnabled('walls', guild)).toBe(false);
  expect(bot.rollouts.flags.isEnabled('walls', null)).toBe(false);
  for (const [command, options] of [
    ['/feature info', { name: 'walls' }],
    ['/feature list', {}],
  ] as const)
    expect((await asAdmin(bot, command, options)).text, command).toContain(says);
  expect((await noticeIn(bot, 'operations', 'Enable walls')).text).toContain(says);
});
