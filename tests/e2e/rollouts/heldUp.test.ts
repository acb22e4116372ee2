/** What stands in a rollout's way is said on its card: quiet hours, a freeze. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { createFlag, withNotice } from '../chat/chat.js';
import { plansFolder } from './plansFolder.js';
import { cardThat, press, startRollout } from './rolloutChat.js';

/** 5 May 2026, a Tuesday, shortly before midnight in UTC. */
const night = Date.UTC(2026, 4, 5, 23, 30);
const begunAt = Date.now();
let domainMs = night;
const domainTime = { now: () => domainMs + (Date.now() - begunAt) };

const plans = plansFolder({
  by_day: `
phases:
  - { name: some, percentage: 10, duration: 1h }
  - { name: everyone, percentage: 100, duration: 1h }
quiet_hours: { from: "22:00", to: "06:00", time_zone: UTC }`,
});
let bot: RunningBot;
const admin = () => bot.as('admin').in('operations');
const onOf = (flag: string) =>
  bot.sandbox.world.guilds.filter(({ id }) => bot.rollouts.flags.isEnabled(flag, id)).length;

beforeAll(async () => {
  bot = await startBot({ clocks: { domainTime }, env: { ROLLOUT_PLANS: plans.path } });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  plans.remove();
  expect(violations).toEqual([]);
});

it('quiet hours: it waits, its card says until when, and it starts by itself in the morning', async () => {
  await createFlag(bot, 'sleepy');
  const asked = await admin().slash('/rollout start', { name: 'sleepy', plan: 'by_day' });
  if (asked.buttons.includes('Start')) await admin().click(asked, 'Start');
  const card = await cardThat(bot, 'sleepy', ({ text }) => text.includes('Held up'));
  expect(card.text).toContain('Quiet hours: nothing is widened before 2026-05-06 06:00 UTC');
  expect(onOf('sleepy')).toBe(0);
  domainMs = Date.UTC(2026, 4, 6, 6, 1);
  bot.rollouts.control.wake('judge');
  await cardThat(bot, 'sleepy', ({ text }) => text.includes('Running'));
  expect(onOf('sleepy')).toBeGreaterThan(0);
});

it('a freeze: Advance is refused with its reason, and an admin overrides it, which everybody is told', async () => {
  await createFlag(bot, 'frozen_one');
  await startRollout(bot, 'frozen_one', { plan: 'by_day' });
  const before = onOf('frozen_one');
  await admin().slash('/freeze start', { reason: 'The world cup' });
  const question = await admin().slash('/rollout advance', { rollout: 'frozen_one' });
  expect(question.text).toContain('The world cup');
  expect(question.buttons).toEqual(['Override the freeze']);
  expect(onOf('frozen_one')).toBe(before);
  const form = await admin().click(question, 'Override the freeze');
  const sure = await admin().submit(form, { Reason: 'It mends the login' });
  expect(sure.text).toContain('Advance the rollout of frozen_one to everyone, 95 % of guilds?');
  const [, told] = await withNotice(bot, 'in spite of the freeze', () => admin().click(sure, 'Advance'));
  expect(told.text).toContain('It mends the login');
  expect(onOf('frozen_one')).toBeGreaterThan(before);
});

it('a start that an admin wants in spite of it begins at once; all others wait for its end', async () => {
  await createFlag(bot, 'login_fix');
  const question = await admin().slash('/rollout start', { name: 'login_fix', plan: 'by_day' });
  expect(question.text).toContain('The world cup');
  const form = await admin().click(question, 'Override the freeze');
  const [answer, notice] = await withNotice(bot, 'in spite of the freeze', async () => {
    const asked = await admin().submit(form, { Reason: 'Nobody can log in' });
    return asked.buttons.includes('Start') ? admin().click(asked, 'Start') : asked;
  });
  expect(answer.text).toContain('login_fix');
  expect(notice.text).toContain('Nobody can log in');
  await cardThat(bot, 'login_fix', ({ text }) => text.includes('Running'));
  expect(onOf('login_fix')).toBeGreaterThan(0);
  await createFlag(bot, 'patient');
  const refused = await admin().slash('/rollout start', { name: 'patient', plan: 'by_day' });
  expect(refused.buttons).toEqual(['Override the freeze']);
});

it('an incident pauses what runs, the card says why, and its end lets it go on', async () => {
  await withNotice(bot, 'An incident is open', () =>
    admin().slash('/freeze start', { reason: 'The database is down', incident: true }),
  );
  const paused = await cardThat(bot, 'frozen_one', ({ text }) => text.includes('Paused'));
  expect(paused.text).toContain('The database is down');
  await admin().slash('/freeze stop');
  await cardThat(bot, 'frozen_one', ({ text }) => text.includes('Running'));
  await press(bot, 'staff', 'frozen_one', 'Roll back', 'olled back');
  expect(onOf('frozen_one')).toBe(0);
});

it('its flag killed by hand: the card says so at once, and why', async () => {
  await createFlag(bot, 'cut_off');
  await startRollout(bot, 'cut_off', { plan: 'by_day' });
  await bot.as('staff').in('operations').slash('/feature kill', { name: 'cut_off', reason: 'It crashes' });
  const over = await cardThat(bot, 'cut_off', ({ text }) => text.includes('Rolled back'));
  expect(over.text).toContain('cut_off was killed (It crashes)');
  expect(over.buttons).toEqual(['Why?']);
});
