/** Presses that meet each other, or nothing. */
import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { asAdmin, createFlag } from '../chat/chat.js';
import { until } from '../../support/redis/until.js';
import { createOn, jump, MovedClock, noticesIn, noticeIn, rollbackThat } from './rollbackChat.js';

let bot: RunningBot;
const as = (who: string) => bot.as(who).in('operations');
const domainTime = new MovedClock();
const isOn = (flag: string) =>
  bot.rollouts.flags.isEnabled(flag, bot.sandbox.world.guild('beta_server_1').id);
const now = (who: string, feature: string, reason = 'because') =>
  as(who).slash('/rollback now', { feature, trigger: 'other', reason });

beforeAll(async () => {
  bot = await startBot({ clocks: { domainTime } });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

it('two people who press at once make one rollback, and one notice; the second hears who was first', async () => {
  await createOn(bot, 'both');
  const [first, second] = await Promise.all([now('staff', 'both', 'mine'), now('oncall', 'both', 'yours')]);
  const texts = [first.text, second.text];
  expect(texts.filter((text) => text.includes('both is off for everybody, after'))).toHaveLength(1);
  expect(texts.filter((text) => text.includes('Nothing to change'))).toHaveLength(1);
  expect(bot.rollouts.rollbacks.list().filter(({ flag }) => flag === 'both')).toHaveLength(1);
  await noticeIn(bot, 'management', 'both is off for everybody');
  expect(await noticesIn(bot, 'management', 'both is off for everybody')).toHaveLength(1);
});

describe('is refused in plain words', () => {
  it('for a flag that nobody knows, with the nearest name', async () => {
    const answer = await now('staff', 'bohh');
    expect(answer.text).toContain('both');
    expect(answer.text).toContain('Nothing was changed');
  });

  it('for one that is archived', async () => {
    await createFlag(bot, 'old_one');
    await asAdmin(bot, '/feature archive', { name: 'old_one' });
    const answer = await now('staff', 'old_one');
    expect(answer.text).toMatch(/archived/);
    expect(bot.rollouts.rollbacks.list().some(({ flag }) => flag === 'old_one')).toBe(false);
  });

  it('for one that is rolled back already: nothing to change', async () => {
    const answer = await now('staff', 'both');
    expect(answer.text).toContain('Nothing to change');
  });

  it('for a rollback that nobody knows', async () => {
    const answer = await as('staff').slash('/rollback pause', { rollback: 'nothing_like_it' });
    expect(answer.text).toContain('There is no rollback "nothing_like_it"');
  });
});

describe('rights', () => {
  it('a guest may not go back, not even by an old button, and is told who may', async () => {
    await createOn(bot, 'guarded');
    const notice = await noticeIn(bot, 'operations', 'Enable guarded');
    // So that the guest sees the notice and can reach for its button.
    const { world } = bot.sandbox;
    world.overwrite('operations', { user: 'guest' }, { allow: PermissionFlagsBits.ViewChannel });
    const answer = await as('guest').click(notice, 'Roll back');
    expect(answer.modal).toBeUndefined();
    expect(answer.text).toContain('You may not do this');
  });

  it('drills and recovery are for admins', async () => {
    for (const command of ['/rollback drill', '/rollback recover'])
      expect((await as('staff').slash(command)).text).toContain('You may not do this');
  });
});

it('a drill touches nothing that anybody uses, alarms nobody, and is remembered', async () => {
  const answer = await as('admin').slash('/rollback drill');
  expect(answer.text).toMatch(/off for everybody|Drill|drill/);
  const drill = await rollbackThat(bot, 'rollouts-drill', ({ kind }) => kind === 'drill');
  expect(drill.steps.find(({ name }) => name === 'take-down')?.state).toBe('skipped');
  const told = await noticeIn(bot, 'operations', 'ROLLBACK DRILL');
  expect(told.pinged).toEqual([]);
  expect(await noticesIn(bot, 'management', 'DRILL')).toEqual([]);
});

describe('snapshots', () => {
  it('one is taken with every rollback, and going back to it shows first what would change', async () => {
    const { steps } = await rollbackThat(bot, 'both', (one) =>
      one.steps.some(({ name, state }) => name === 'snapshot' && state === 'done'),
    );
    const name = String(steps.find((step) => step.name === 'snapshot')?.facts?.['file']);
    const list = await as('staff').slash('/rollback snapshots');
    expect(list.text).toContain('before a rollback');
    const open = () => bot.rollouts.rollbacks.list({ isOpen: true });
    await until('all were looked at once', () => open().every(({ proof }) => proof !== null));
    jump(bot, domainTime, 2 * 3_600_000);
    await until('no rollback is under way', () => open().length === 0);
    const shown = await as('admin').slash('/rollback recover', { snapshot: name, reason: 'a mistake' });
    expect(shown.text).toContain('Nothing has changed yet');
    expect(shown.text).toContain('guarded: on at 100 % → not there');
    expect(isOn('guarded')).toBe(true);
    const done = await as('admin').click(shown, 'Go back');
    expect(done.text).toContain('The state is back at the snapshot');
    await until('it is in force', () => !isOn('guarded'));
    await noticeIn(bot, 'operations', 'The state went back to a snapshot');
  });

  it('going back needs a reason', async () => {
    const answer = await as('admin').slash('/rollback recover', { snapshot: 'x' });
    expect(answer.text).toMatch(/reason/i);
  });
});
