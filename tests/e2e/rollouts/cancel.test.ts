/** /rollout cancel: what becomes of the flag is asked, and then done. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { createFlag, withNotice } from '../chat/chat.js';
import { plansFolder } from './plansFolder.js';
import { cardThat, startRollout } from './rolloutChat.js';

const plans = plansFolder({
  half: `
phases:
  - { name: half, percentage: 50, duration: 1h }
  - { name: everyone, percentage: 100, duration: 1h }`,
});
let bot: RunningBot;
const admin = () => bot.as('admin').in('operations');
const onOf = (flag: string) =>
  bot.sandbox.world.guilds.filter(({ id }) => bot.rollouts.flags.isEnabled(flag, id)).length;
const cancel = (flag: string, leave?: string) =>
  admin().slash('/rollout cancel', { rollout: flag, ...(leave !== undefined && { leave }) });

beforeAll(async () => {
  bot = await startBot({ env: { ROLLOUT_PLANS: plans.path } });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  plans.remove();
  expect(violations).toEqual([]);
});

async function running(flag: string): Promise<number> {
  await createFlag(bot, flag);
  await startRollout(bot, flag, { plan: 'half' });
  expect(onOf(flag)).toBeGreaterThan(5);
  return onOf(flag);
}

it('asks what becomes of the flag; who has the feature keeps it where that is chosen', async () => {
  const had = await running('kept');
  const question = await cancel('kept');
  expect(question.text).toContain('Nothing has changed yet');
  expect(question.buttons).toEqual(['Keep it at 50 %', 'Back to before']);
  expect((await bot.rollouts.rollouts.status('kept')).ended).toBeNull();
  const [done] = await withNotice(bot, 'it stays at 50 %', () => admin().click(question, 'Keep it at 50 %'));
  expect(done.text).toContain('keep what is served');
  expect(onOf('kept')).toBe(had);
  const card = await cardThat(bot, 'kept', ({ text }) => text.includes('Cancelled'));
  // It is on for half of all guilds still.
  expect(card.buttons).toEqual(['Roll back', 'Why?']);
  // The flag is its own again.
  expect(bot.rollouts.flags.flag('kept')).toMatchObject({ rollout: null, basisPoints: 5_000 });
});

it('goes back to what was before, at once and without a question where it is said with the command', async () => {
  await running('restored');
  await withNotice(bot, 'it is back at 0 %', () => cancel('restored', 'restore'));
  expect(onOf('restored')).toBe(0);
  expect(bot.rollouts.flags.flag('restored').killed).toBeNull();
});

it('a question that is older than the rollout changes nothing', async () => {
  const had = await running('moved');
  const question = await cancel('moved');
  await bot.rollouts.rollouts.pause('moved', { by: { id: '1', name: 'someone' } });
  const answer = await admin().click(question, 'Back to before');
  expect(answer.text).toContain('has moved on');
  expect(onOf('moved')).toBe(had);
});

it('of one that has not begun only that it ends is asked', async () => {
  await createFlag(bot, 'planned');
  const asked = await admin().slash('/rollout start', { name: 'planned', plan: 'half', at: '4h' });
  if (asked.buttons.includes('Start')) await admin().click(asked, 'Start');
  await cardThat(bot, 'planned', ({ text }) => text.includes('It starts at'));
  const question = await cancel('planned');
  expect(question.buttons).toEqual(['Cancel the rollout']);
  await admin().click(question, 'Cancel the rollout');
  await cardThat(bot, 'planned', ({ text }) => text.includes('Cancelled'));
  expect(onOf('planned')).toBe(0);
});

it('staff may stop things but not cancel: that decides what stays on', async () => {
  const refused = await bot.as('staff').in('operations').slash('/rollout cancel', { rollout: 'moved' });
  expect(refused.text).toContain('Only rollout admins');
});

it('of one that is over nobody is asked what becomes of it', async () => {
  await running('over');
  await withNotice(bot, 'it is back at 0 %', () => cancel('over', 'restore'));
  const answer = await cancel('over');
  expect(answer.buttons).toEqual([]);
  expect(answer.text).toContain('Nothing to change');
  expect(answer.text).toContain('Cancelled');
});
