/** Batch by batch, on a clock that a test sets ahead. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seen } from '../../../src/sandbox/index.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { cardThat, createOn, jump, MovedClock, noticeIn, rollbackThat } from './rollbackChat.js';

let bot: RunningBot;
const domainTime = new MovedClock();
const as = (who: string) => bot.as(who).in('operations');
/** Of the guilds of this world, those that have it. */
const having = (flag: string) =>
  bot.sandbox.world.guilds.filter(({ id }) => bot.rollouts.flags.isEnabled(flag, id)).length;
const total = () => bot.sandbox.world.guilds.length;

/** Asks, and begins. */
async function begin(flag: string): Promise<Seen> {
  const question = await as('oncall').slash('/rollback gradual', { feature: flag, reason: 'It is slow' });
  return as('oncall').click(question, 'Begin');
}

/** Lets domain time go until it is so. */
async function until(flag: string, is: Parameters<typeof rollbackThat>[2]): Promise<void> {
  for (let batch = 0; batch < 60; batch += 1) {
    if (bot.rollouts.rollbacks.list().some((one) => one.flag === flag && is(one))) return;
    const { v } = await rollbackThat(bot, flag, () => true);
    jump(bot, domainTime, 31_000);
    await rollbackThat(bot, flag, (one) => one.v !== v || is(one));
  }
  await rollbackThat(bot, flag, is);
}

beforeAll(async () => {
  bot = await startBot({ clocks: { domainTime }, sandbox: { guilds: 250 } });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

describe('a gradual rollback', () => {
  it('shows what it would do, and begins only when its asker says so', async () => {
    await createOn(bot, 'step_down');
    const question = await as('oncall').slash('/rollback gradual', {
      feature: 'step_down',
      reason: 'It is slow',
    });
    expect(question.text).toContain('Nothing has changed yet');
    expect(question.text).toMatch(/batch(es)? of up to 100 guilds, 30 s apart/);
    expect(having('step_down')).toBe(total());
    const left = await as('oncall').click(question, 'Cancel');
    expect(left.text).toContain('Nothing was changed');
    expect(bot.rollouts.rollbacks.list()).toEqual([]);
  });

  it('takes it from a hundred guilds at a time, can be paused and resumed, and ends with a kill', async () => {
    const answer = await begin('step_down');
    expect(answer.text).toContain('step_down is being taken back, batch by batch');
    await noticeIn(bot, 'management', 'ROLLBACK INITIATED: It is slow');
    const { id } = await rollbackThat(bot, 'step_down', () => true);
    await until('step_down', ({ descent }) => (descent?.off ?? 0) >= 100);
    expect(having('step_down')).toBeLessThanOrEqual(total() - 100);
    expect(having('step_down')).toBeGreaterThan(0);
    // Nobody without a guild has it from the first batch on.
    expect(bot.rollouts.flags.isEnabled('step_down', null)).toBe(false);

    await as('staff').click(await cardThat(bot, id, 'taken back batch by batch'), 'Pause');
    const paused = await cardThat(bot, id, 'paused: who has it still keeps it');
    const kept = having('step_down');
    jump(bot, domainTime, 120_000);
    expect(having('step_down')).toBe(kept);

    await as('staff').click(paused, 'Resume');
    await until('step_down', ({ offAt }) => offAt !== null);
    expect(having('step_down')).toBe(0);
    expect(bot.rollouts.flags.flag('step_down').killed).not.toBeNull();
    expect(bot.rollouts.flags.flag('step_down').ceiling).toBeNull();
  });

  it('cancelled by an admin, who is asked once more, gives it back to everybody', async () => {
    await createOn(bot, 'turned_round');
    await begin('turned_round');
    const { id } = await rollbackThat(bot, 'turned_round', () => true);
    await until('turned_round', ({ descent }) => (descent?.off ?? 0) >= 100);
    const card = await cardThat(bot, id, 'taken back batch by batch');
    expect((await as('staff').click(card, 'Cancel')).text).toContain('You may not do this');
    const question = await as('admin').click(card, 'Cancel');
    expect(question.text).toContain('Nothing has changed yet');
    await as('admin').click(question, 'Cancel');
    await until('turned_round', ({ state }) => state === 'cancelled');
    expect(having('turned_round')).toBe(total());
    expect(bot.rollouts.flags.flag('turned_round').ceiling).toBeNull();
  });

  it('pressed again as an immediate one is off at once, and stays the same rollback', async () => {
    await createOn(bot, 'in_a_hurry');
    await begin('in_a_hurry');
    const { id } = await rollbackThat(bot, 'in_a_hurry', () => true);
    const answer = await as('oncall').slash('/rollback now', { feature: 'in_a_hurry', reason: 'It burns' });
    expect(answer.text).toContain('in_a_hurry is off for everybody');
    expect(having('in_a_hurry')).toBe(0);
    const after = await rollbackThat(bot, 'in_a_hurry', () => true);
    expect(after.id).toBe(id);
    expect(after.descent?.hurried?.why).toContain('It burns');
    await cardThat(bot, id, 'Made immediate');
  });
});
