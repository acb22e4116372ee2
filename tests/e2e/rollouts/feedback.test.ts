/** /report and /feedback: anyone says something, the team alone reads it, once an hour counts. */
import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Seen } from '../../../src/sandbox/index.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { createFlag } from '../chat/chat.js';
import { startRollout } from './rolloutChat.js';

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

it('a feature that does not exist is refused without naming commands that members do not have', async () => {
  const typed = { feature: 'warm_helo' };
  for (const refused of [
    await member().slash('/report', { ...typed, severity: 'minor' }),
    await member().slash('/feedback', { ...typed, stars: 3 }),
  ]) {
    expect(refused.text).toContain('There is no feature called "warm_helo"');
    expect(refused.text).toContain('Did you mean warm_hello? Pick one from the list');
    expect(refused.text).not.toContain('/feature');
  }
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

it('whoever asks why reads what people said since the rollout began, and finds all of it', async () => {
  await startRollout(bot, 'warm_hello');
  const member2 = bot.as('beta2_manager').in('general', 'beta_server_2');
  const form = await member2.slash('/report', { feature: 'warm_hello', severity: 'critical' });
  await member2.submit(form, { 'What happened?': 'It greets in the wrong language' });
  await member2.slash('/feedback', { feature: 'warm_hello', stars: 1 });
  const why = await staff().slash('/rollout explain', { rollout: 'warm_hello' });
  expect(why.ephemeral).toBe(true);
  expect(why.text).toContain('1 report, 1 of them critical, 0 from guilds that have it.');
  expect(why.text).toContain('Ratings of 5 stars: 1.0 without (1).');
  expect(why.text).toContain('It greets in the wrong language (beta_server_2, without');
  expect(why.text).not.toContain('by a wrong name');
  const all = await staff().click(why, 'Read all');
  expect(all.text).toContain('by a wrong name');
  expect(all.ephemeral).toBe(true);
});

it('a feature that nobody knows is refused with the nearest name', async () => {
  const refused = await member().slash('/feedback', { feature: 'warm_helo', stars: 3 });
  expect(refused.text).toContain('warm_hello');
});

it('what came from a guild goes when the bot leaves it, and nothing else', async () => {
  const other = bot.sandbox.world.guild('beta_server_2').id;
  bot.sandbox.world.removeGuild('beta_server_1');
  const guildsHeard = async () => {
    await bot.rollouts.flags.directory.refresh();
    bot.rollouts.control.wake('forget');
    const heard = [
      ...(await feedback().texts('warm_hello')),
      ...(await feedback().criticalReports('warm_hello', 0)),
    ];
    return heard.map(({ guild }) => guild);
  };
  await expect.poll(guildsHeard, { timeout: 10_000 }).toEqual([other, other]);
});
