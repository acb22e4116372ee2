/** Plans from files: what can be started, what is broken and where, and targets that mean nothing here. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { asAdmin, createFlag } from '../chat/chat.js';
import { plansFolder } from './plansFolder.js';
import { cardThat } from './rolloutChat.js';

const plans = plansFolder({
  testers_first: `
phases:
  - { name: testers, percentage: 0, target_guilds: [our_testers], duration: 1h }
  - { name: everyone, percentage: 100, duration: 1h }`,
  misspelt: `
phases:
  - { name: all, percentage: 100, duration: soon }`,
});
let bot: RunningBot;
const admin = () => bot.as('admin').in('operations');
const isOn = (flag: string, guild: string) =>
  bot.rollouts.flags.isEnabled(flag, bot.sandbox.world.guild(guild).id);

beforeAll(async () => {
  bot = await startBot({ env: { ROLLOUT_PLANS: plans.path } });
  await createFlag(bot, 'warm_hello');
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  plans.remove();
  expect(violations).toEqual([]);
});

it('a broken file keeps no bot from starting, and is named with its line and what would be right', async () => {
  const { text } = await admin().slash('/rollout plans');
  expect(text).toContain('1 file cannot be read as a plan');
  expect(text).toMatch(/misspelt\.yaml:3:\d+ expected a duration such as 90m, 24h, 3d or 2w/);
  expect(text).toContain('testers_first, 2 h');
  expect(text).toContain('default, 14 d');
  const refused = await admin().slash('/rollout start', { name: 'warm_hello', plan: 'misspelt' });
  expect(refused.text).toContain('misspelt.yaml, line 3');
});

it('targets that mean nothing here are asked for, and are a cohort of that name from then on', async () => {
  const start = { name: 'warm_hello', plan: 'testers_first' };
  const refused = await admin().slash('/rollout start', start);
  expect(refused.text).toContain('our_testers, which is no guild and no cohort here');
  expect(refused.text).toContain('option "guilds"');
  await asAdmin(bot, '/rollout start', { ...start, guilds: 'beta_server_1' });
  await cardThat(bot, 'warm_hello', ({ text }) => text.includes('Running'));
  expect([isOn('warm_hello', 'beta_server_1'), isOn('warm_hello', 'beta_server_2')]).toEqual([true, false]);
  expect((await admin().slash('/cohort list')).text).toContain('our_testers');
  await createFlag(bot, 'next_one');
  await asAdmin(bot, '/rollout start', { ...start, name: 'next_one' });
  await cardThat(bot, 'next_one', ({ text }) => text.includes('Running'));
  expect(isOn('next_one', 'beta_server_1')).toBe(true);
});

it('while it runs the percentage is the rollout’s; kill and deny always work', async () => {
  const refused = await admin().slash('/feature enable', { name: 'warm_hello', percentage: '50' });
  expect(refused.text).toContain('A rollout of warm_hello is under way');
  expect(refused.text).toContain('/rollout advance');
  await asAdmin(bot, '/feature disable', { name: 'warm_hello', guild: 'beta_server_1' });
  expect(isOn('warm_hello', 'beta_server_1')).toBe(false);
  await bot.as('staff').in('operations').slash('/feature kill', { name: 'next_one' });
  // The judge looks every 30 s.
  bot.rollouts.control.wake('judge');
  await cardThat(bot, 'next_one', ({ text }) => text.includes('olled back') || text.includes('olling back'));
  expect(isOn('next_one', 'beta_server_1')).toBe(false);
});

it('a rollback is told in #dev-team and #management, too', async () => {
  const told = (channel: string) =>
    bot
      .as('admin')
      .in(channel)
      .next(({ text }) => text.includes('ROLLBACK INITIATED: It hangs'));
  const [developers, management] = [told('dev-team'), told('management')];
  await bot
    .as('staff')
    .in('operations')
    .slash('/rollout rollback', { rollout: 'warm_hello', reason: 'It hangs' });
  for (const { text, pinged } of await Promise.all([developers, management])) {
    expect(text).toContain('It hangs');
    expect(pinged).toEqual([]);
  }
});
