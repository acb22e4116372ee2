/** A rollout that goes back by itself, or by its own button, is followed by the same steps, proof and receipt. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { createFlag } from '../chat/chat.js';
import { press, startRollout } from '../rollouts/rolloutChat.js';
import { cardThat, jump, MovedClock, noticesIn, rollbackThat } from './rollbackChat.js';

let bot: RunningBot;
const domainTime = new MovedClock();

beforeAll(async () => {
  bot = await startBot({ clocks: { domainTime } });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

it("the rollout's own button leads to one rollback with its card, its snapshot and its proof", async () => {
  await createFlag(bot, 'canary');
  await startRollout(bot, 'canary');
  await press(bot, 'staff', 'canary', 'Roll back', 'olled back');
  const { id } = await rollbackThat(bot, 'canary', ({ steps }) =>
    steps.some(({ name, state }) => name === 'snapshot' && state === 'done'),
  );
  await cardThat(bot, id, '✔ Turned off');
  await rollbackThat(bot, 'canary', ({ proof }) => proof !== null);
  jump(bot, domainTime, 2 * 3_600_000);
  const done = await rollbackThat(bot, 'canary', ({ receipt }) => receipt !== null);
  expect(done.rollouts).toHaveLength(1);
  expect(bot.rollouts.rollbacks.list().filter(({ flag }) => flag === 'canary')).toHaveLength(1);
  // The rollout's own notice said that it was rolled back; nobody is told twice that it was initiated.
  expect((await noticesIn(bot, 'operations', 'ROLLBACK INITIATED')).length).toBeLessThanOrEqual(1);
});
