import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBot, type RunningBot } from '../support/bot.js';

let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot();
});

afterAll(async () => {
  await bot.close();
  expect(bot.violations).toEqual([]);
});

test('enabling a flag for one guild changes the bot there and nowhere else, and is told in #operations', async () => {
  const admin = bot.as('admin');
  const operations = admin.in('operations');
  await operations.slash('/feature create', { name: 'new_greeting', description: 'Warmer words' });
  const notice = operations.next(({ ephemeral, text }) => !ephemeral && text.includes('beta_server_1'));
  const answer = await operations.slash('/feature enable', {
    name: 'new_greeting',
    guild: bot.sandbox.world.guild('beta_server_1').id,
  });
  expect(answer.text).toContain('new_greeting');
  expect((await notice).buttons).toContain('Undo');

  const there = await bot.as('beta1_manager').in('general', 'beta_server_1').slash('/hello');
  const elsewhere = await bot.as('beta2_manager').in('general', 'beta_server_2').slash('/hello');
  expect(there.text).toContain('new greeting');
  expect(elsewhere.text).toContain('old greeting');
});
