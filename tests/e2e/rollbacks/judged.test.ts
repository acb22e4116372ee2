/** A rollout that goes back by itself, or by its own button, is followed by the same steps, proof and receipt. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyReceipt } from '../../../src/lib/rollbacks/proof/receipt/verifyReceipt.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { until } from '../../support/redis/until.js';
import { createFlag } from '../chat/chat.js';
import { plansFolder } from '../rollouts/plansFolder.js';
import { press, startRollout } from '../rollouts/rolloutChat.js';
import {
  attached,
  cardThat,
  everywhere,
  jump,
  MovedClock,
  noticeIn,
  noticesIn,
  rollbackThat,
} from './rollbackChat.js';

let bot: RunningBot;
const domainTime = new MovedClock();
const plans = plansFolder({ half: 'phases:\n  - { name: half, percentage: 50, duration: 24h }' });

beforeAll(async () => {
  bot = await startBot({
    clocks: { domainTime },
    sandbox: { guilds: 60 },
    env: { ROLLOUT_PLANS: plans.path },
  });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  plans.remove();
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
  // The rollout's own notice was the first word; nobody is told twice that it was initiated.
  expect(await noticesIn(bot, 'operations', 'ROLLBACK INITIATED')).toHaveLength(1);
});

it('the judge takes a feature back whose commands fail: one rollback that names it, with proof and receipt', async () => {
  const { rollouts, sandbox } = bot;
  await createFlag(bot, 'broken_one');
  await startRollout(bot, 'broken_one', { plan: 'half' });
  const greet = async (guild: string): Promise<void> => {
    const work = (): void => {
      if (rollouts.flags.isEnabled('broken_one', guild)) throw new Error('The new greeting is broken.');
    };
    await rollouts.health.measure('hello', guild, work).catch(() => undefined);
  };
  for (let run = 0; run < 20; run += 1) for (const { id } of sandbox.world.guilds) await greet(id);
  await rollouts.health.flush();
  rollouts.control.wake('judge');
  const begun = await rollbackThat(bot, 'broken_one', () => true);
  expect(begun).toMatchObject({ trigger: 'judged', created: { name: 'the judge' } });
  const guild = sandbox.world.guild('internal_test_server').id;
  expect(rollouts.flags.isEnabled('broken_one', guild)).toBe(false);
  await cardThat(bot, begun.id, 'found by judging');
  const first = await Promise.all(
    everywhere.map((channel) => noticeIn(bot, channel, 'broken_one is off for everybody')),
  );
  for (const { embeds } of first) expect(embeds[0]?.title).toBe('⚠️ ROLLBACK INITIATED: broken_one');
  for (const { text } of first) expect(text).toContain('100 % of the commands with the feature failed');
  expect(first.flatMap(({ pinged }) => pinged)).toEqual(['@On-call']);
  await rollbackThat(bot, 'broken_one', ({ proof }) => proof !== null);
  jump(bot, domainTime, 2 * 3_600_000);
  const done = await rollbackThat(bot, 'broken_one', ({ receipt }) => receipt !== null);
  expect(done.rollouts).toHaveLength(1);
  expect(done.proof?.checks.find(({ name }) => name === 'flags-off')?.verdict).toBe('passed');
  const end = await until('the receipt is attached', async () =>
    (await noticesIn(bot, 'management', 'broken_one')).find(({ attachments }) => attachments.length > 0),
  );
  const checked = verifyReceipt(await attached(end));
  expect(checked).toMatchObject({ ok: true, receipt: { rollback: { trigger: 'judged' } } });
});
