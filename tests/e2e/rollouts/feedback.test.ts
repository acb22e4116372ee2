/** /report and /feedback: anyone says something, the team alone reads it, once an hour counts. */
import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Seen } from '../../../src/sandbox/index.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { createFlag } from '../chat/chat.js';

let bot: RunningBot;
const member = () => bot.as('beta1_manager').in('general', 'beta_server_1');
const staff = () => bot.as('staff').in('operations');
const feedback = () => bot.rollouts.feedback;

beforeAll(async () => {
  bot = await startBot();
  await createFlag(bot, 'warm_hello');
  bot.sandbox.world.overwrite('operations', { user: 'guest' }, { allow: PermissionFlagsBits.ViewChannel });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

const report = async (text: string, feature = 'warm_hello'): Promise<Seen> => {
  const form = await member().slash('/report', { feature, severity: 'critical' });
  return form.modal === undefined ? form : member().submit(form, { 'What happened?': text });
};

it('offers every active flag, and something else', async () => {
  const choices = await member().complete('/report', { feature: '' }, 'feature');
  expect(choices.map(({ value }) => value)).toEqual(['warm_hello', 'something else']);
});

it('a report is thanked for, counted for the judge, and told to staff without its words', async () => {
  const notice = staff().next(({ text }) => text.includes('1 report of a problem with warm_hello'));
  expect((await report('It greets me by a wrong name')).text).toContain('the team has your report');
  const [critical] = await feedback().criticalReports('warm_hello', 0);
  expect(critical).toMatchObject({
    guild: bot.sandbox.world.guild('beta_server_1').id,
    hasFeature: false,
  });
  bot.rollouts.control.wake('feedback');
  const seen = await notice;
  expect(seen.text).not.toContain('wrong name');
  const read = await staff().click(seen, 'Read');
  expect(read.ephemeral).toBe(true);
  expect(read.text).toContain('It greets me by a wrong name');
  const refused = await bot.as('guest').in('operations').click(seen, 'Read');
  expect(refused.text).toContain('You may not see this');
});

it('the same person is heard of the same feature once an hour, and told so before anything is typed', async () => {
  const again = await report('And again');
  expect(again.modal).toBeUndefined();
  expect(again.text).toContain('less than an hour ago');
  expect((await report('This is another matter', 'something else')).text).toContain('something else');
  expect(await feedback().criticalReports('warm_hello', 0)).toHaveLength(1);
});

it('a rating counts for the arm that the guild is served', async () => {
  const thanks = await member().slash('/feedback', { feature: 'warm_hello', stars: 2, comment: 'Too cold' });
  expect(thanks.text).toContain('★★☆☆☆');
  expect(await feedback().ratings('warm_hello', 0, Date.now() + 1)).toMatchObject([
    { arm: 'control', stars: 2 },
  ]);
  const twice = await member().slash('/feedback', { feature: 'warm_hello', stars: 5 });
  expect(twice.text).toContain('You rated warm_hello less than an hour ago');
});

it('a feature that nobody knows is refused with the nearest name', async () => {
  const refused = await member().slash('/feedback', { feature: 'warm_helo', stars: 3 });
  expect(refused.text).toContain('warm_hello');
});

it('what came from a guild goes when the bot leaves it', async () => {
  bot.sandbox.world.removeGuild('beta_server_1');
  const texts = async () => {
    await bot.rollouts.flags.directory.refresh();
    bot.rollouts.control.wake('forget');
    return feedback().texts('warm_hello');
  };
  await expect.poll(texts, { timeout: 10_000 }).toEqual([]);
  await expect.poll(() => feedback().criticalReports('warm_hello', 0), { timeout: 10_000 }).toEqual([]);
});
