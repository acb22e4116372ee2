/** Trying a plan out, typed at a local Discord: the bot has recorded nothing yet, and says so. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';

let bot: RunningBot;
const staff = () => bot.as('staff').in('operations');

beforeAll(async () => {
  bot = await startBot();
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

it('/rollout simulate answers those who ask, with what the plan would find and what would make it better', async () => {
  const answer = await staff().slash('/rollout simulate', {});
  const shown = answer.text.includes('tried out')
    ? answer
    : await staff().next(({ id, text }) => id === answer.id && text.includes('tried out'));
  expect(shown.ephemeral).toBe(true);
  expect(shown.text).toContain('The plan default, tried out');
  expect(shown.text).toContain('Nothing was changed');
  expect(shown.text).toMatch(/invented traffic .* because 0 of the last 8 days are recorded/);
  expect(shown.text).toMatch(/With nothing wrong, \d+(\.\d)? % of \d+ tries rolled back/);
  expect(shown.text).toMatch(/Errors 5x: /);
  expect(shown.text).toContain('internal_testing');
  expect(shown.text).toContain('Simulate again once the bot has measured four days');
  expect(await bot.rollouts.rollouts.list()).toEqual([]);
});

it('a plan that there is not is refused with the nearest name', async () => {
  const answer = await staff().slash('/rollout simulate', { plan: 'defalt' });
  const refused =
    answer.text === '' ? await staff().next(({ id, edited }) => id === answer.id && edited) : answer;
  expect(refused.text).toContain('default');
});
