/** What the environment decides is said wherever a rollback is shown. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { cardThat, createOn, rollbackThat } from './rollbackChat.js';

let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot({ env: { ROLLBACK_MODE: 'true' } });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

it('ROLLBACK_MODE=true wins over state at once, and the card of a rollback says so', async () => {
  await createOn(bot, 'shadowed');
  expect(bot.rollouts.flags.isEnabled('shadowed', bot.sandbox.world.guild('beta_server_1').id)).toBe(false);
  await bot
    .as('staff')
    .in('operations')
    .slash('/rollback now', { feature: 'shadowed', reason: 'To be sure' });
  const { id } = await rollbackThat(bot, 'shadowed', () => true);
  expect((await cardThat(bot, id, 'Turned off')).text).toContain('ROLLBACK_MODE=true');
});
