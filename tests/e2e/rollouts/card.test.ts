/** A rollout's card in the staff's channel: typed at a local Discord and read from its channels. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { createFlag } from '../chat/chat.js';
import { readLive } from '../../../src/lib/alerts/live/liveDocument.js';
import { cardOf, cardsOf, cardThat, press, remove, startRollout, toldOf } from './rolloutChat.js';

let bot: RunningBot;
const admin = () => bot.as('admin').in('operations');
const staff = () => bot.as('staff').in('operations');
const room = () => bot.rollouts.rollouts;
const pausing = { by: { id: '1', name: 'someone' } };

beforeAll(async () => {
  bot = await startBot();
  await createFlag(bot, 'warm_hello');
  await startRollout(bot, 'warm_hello');
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

it('a rollout has one card, with its phases, its guards, its next step and its buttons', async () => {
  const [card, ...more] = await cardsOf(bot, 'warm_hello');
  expect(more).toEqual([]);
  expect(card?.text).toMatch(/Phase 1 of 7: internal_testing/);
  expect(card?.text).toContain('Errors  no data yet');
  expect(card?.text).toMatch(/Next {2}Goes on to beta_guilds/);
  expect(card?.buttons).toEqual(['Acknowledge', 'Pause', 'Advance', 'Roll back', 'Why?']);
});

it('its news is told in a thread of the card, once each', async () => {
  await room().pause('warm_hello', pausing);
  await room().resume('warm_hello', pausing);
  const { id, news } = await room().status('warm_hello');
  expect(news.length).toBeGreaterThanOrEqual(3);
  await expect
    .poll(() => toldOf(bot, 'warm_hello'), { timeout: 10_000 })
    .toEqual(news.map(({ n }) => `${id}.${n}`));
});

describe('its buttons', () => {
  it('Acknowledge says on the card who has seen it', async () => {
    await press(bot, 'oncall', 'warm_hello', 'Acknowledge', 'Acknowledged by @oncall');
  });

  it('Pause and Resume change the card at once; staff may pause, only admins resume', async () => {
    const paused = await press(bot, 'staff', 'warm_hello', 'Pause', 'Paused  by @staff');
    expect(paused.buttons).toContain('Resume');
    const refused = await staff().click(paused, 'Resume');
    expect(refused.text).toContain('You may not do this');
    await press(bot, 'admin', 'warm_hello', 'Resume', 'Running');
  });

  it('Advance asks once more before it turns anything newly on', async () => {
    const question = await admin().click(await cardOf(bot, 'warm_hello'), 'Advance');
    expect(question.text).toContain('Nothing has changed yet');
    expect(question.text).toContain('Advance the rollout of warm_hello to beta_guilds, 5 % of guilds?');
    expect(question.text).toMatch(/Newly on for\s+\d+ of \d+ guilds \([\d.]+ %\) with [\d,]+ members/);
    expect((await room().status('warm_hello')).step).toBe(0);
    const done = await admin().click(question, 'Advance');
    expect(done.text).toContain('beta_guilds');
    expect((await room().status('warm_hello')).step).toBe(1);
    await cardThat(bot, 'warm_hello', ({ text }) => text.includes('Phase 2 of 7'));
  });

  it('Why? explains to whoever asks, and leaves the card alone', async () => {
    const why = await staff().click(await cardOf(bot, 'warm_hello'), 'Why?');
    expect(why.ephemeral).toBe(true);
    expect(why.text).toContain('It rolls back when surely above 1.2×');
  });

  it('of a state that is over change nothing, and show the present one', async () => {
    const old = await staff().slash('/rollout status', { rollout: 'warm_hello' });
    await room().pause('warm_hello', pausing);
    const shown = staff().next(({ id, edited }) => id === old.id && edited);
    await staff().click(old, 'Roll back');
    expect((await room().status('warm_hello')).state).toBe('paused');
    expect((await shown).text).toContain('Paused');
    const answers = async () => (await staff().messages()).map(({ text }) => text).join();
    await expect.poll(answers).toContain('has moved on');
    await room().resume('warm_hello', pausing);
  });
});

describe('what a person deleted comes back', () => {
  it('the card, as soon as there is something new to show', async () => {
    const card = await cardOf(bot, 'warm_hello');
    await remove(bot, `/channels/${card.channelId}/messages/${card.id}`);
    await room().pause('warm_hello', pausing);
    const next = await cardThat(bot, 'warm_hello', ({ text }) => text.includes('Paused'));
    expect(next.id).not.toBe(card.id);
    await room().resume('warm_hello', pausing);
  });

  it('the thread, with the next news', async () => {
    await expect.poll(() => toldOf(bot, 'warm_hello'), { timeout: 10_000 }).not.toEqual([]);
    const [live] = await bot.rollouts.store.getMany('settings', ['live']);
    const { id } = await room().status('warm_hello');
    bot.sandbox.deleteChannel(readLive(live ?? null).get(id)?.threadId ?? '');
    await room().pause('warm_hello', { ...pausing, reason: 'a second look' });
    const { news } = await room().status('warm_hello');
    const last = `${id}.${news.at(-1)?.n ?? 0}`;
    await expect
      .poll(async () => (await toldOf(bot, 'warm_hello').catch(() => [])).at(-1), { timeout: 10_000 })
      .toBe(last);
    await room().resume('warm_hello', pausing);
  });
});

it('one that is over before its card could be written has a card all the same, which says how it ended', async () => {
  await createFlag(bot, 'brief');
  const start = {
    flag: 'brief',
    by: pausing.by,
    confirmed: await room().propose({ flag: 'brief', ...pausing }),
  };
  await room().start(start);
  await room().cancel('brief', { ...pausing, leave: 'restore' });
  const card = await cardThat(bot, 'brief', ({ text }) => text.includes('Cancelled'));
  expect(card.text).toMatch(/Ended {2}Cancelled: it stays/);
  expect(card.buttons).toContain('Why?');
  const { id, news } = await room().status('brief');
  await expect
    .poll(async () => (await toldOf(bot, 'brief').catch(() => [])).at(-1), { timeout: 10_000 })
    .toBe(`${id}.${news.at(-1)?.n ?? 0}`);
  expect(await cardsOf(bot, 'brief')).toHaveLength(1);
});

it('Roll back turns it off at once; the card says so for good, and Why? is all that is left', async () => {
  const over = await press(bot, 'staff', 'warm_hello', 'Roll back', 'olled back');
  expect(over.buttons).toEqual(['Why?']);
  expect(over.text).toMatch(/Ended {2}Rolled back/);
  expect(over.text).toMatch(/Next {2}Mend it/);
  const guild = bot.sandbox.world.guild('internal_test_server').id;
  expect(bot.rollouts.flags.isEnabled('warm_hello', guild)).toBe(false);
});
