/** A rollout's card in the staff's channel: typed at a local Discord and read from its channels. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { createFlag } from '../chat/chat.js';
import { cardOf, cardsOf, cardThat, press, remove, startRollout } from './rolloutChat.js';

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
  const { threadId } = await cardThat(bot, 'warm_hello', (card) => card.threadId !== null);
  await room().pause('warm_hello', pausing);
  await room().resume('warm_hello', pausing);
  const { news } = await room().status('warm_hello');
  const thread = bot.as('admin').in(threadId ?? '');
  const told = async () => (await thread.messages()).map(({ embeds }) => embeds[0]?.footer?.text);
  const { id } = await room().status('warm_hello');
  await expect.poll(told, { timeout: 10_000 }).toEqual(news.map(({ n }) => `${id}.${n}`));
});

describe('its buttons', () => {
  it('Acknowledge says on the card who has seen it', async () => {
    const card = await press(bot, 'oncall', await cardOf(bot, 'warm_hello'), 'Acknowledge');
    expect(card.text).toContain('Acknowledged by @oncall');
  });

  it('Pause and Resume change the card at once; staff may pause, only admins resume', async () => {
    const paused = await press(bot, 'staff', await cardOf(bot, 'warm_hello'), 'Pause');
    expect(paused.text).toContain('Paused  by @staff');
    expect(paused.buttons).toContain('Resume');
    const refused = await staff().click(paused, 'Resume');
    expect(refused.text).toContain('You may not do this');
    const resumed = await press(bot, 'admin', paused, 'Resume');
    expect(resumed.text).toContain('Running');
  });

  it('Advance asks once more before it turns anything newly on', async () => {
    const question = await admin().click(await cardOf(bot, 'warm_hello'), 'Advance');
    expect(question.text).toContain('Nothing has changed yet');
    expect((await room().status('warm_hello')).step).toBe(0);
    const done = await admin().click(question, 'Advance');
    expect(done.text).toContain('beta_guilds');
    expect((await room().status('warm_hello')).step).toBe(1);
    await cardThat(bot, 'warm_hello', ({ text }) => text.includes('Phase 2 of 7'));
  });

  it('Why? explains to whoever asks, and leaves the card alone', async () => {
    const why = await staff().click(await cardOf(bot, 'warm_hello'), 'Why?');
    expect(why.ephemeral).toBe(true);
    expect(why.text).toContain('errors@1.2');
  });

  it('of a state that is over change nothing, and show the present one', async () => {
    const old = await staff().slash('/rollout status', { rollout: 'warm_hello' });
    await room().pause('warm_hello', pausing);
    const shown = staff().next(({ id, edited }) => id === old.id && edited);
    const refused = await staff().click(old, 'Roll back');
    expect((await room().status('warm_hello')).state).toBe('paused');
    expect((await shown).text).toContain('Paused');
    expect([refused.text, (await staff().messages()).at(-1)?.text].join('\n')).toContain('has moved on');
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
    const { threadId } = await cardThat(bot, 'warm_hello', (card) => card.threadId !== null);
    bot.sandbox.deleteChannel(threadId ?? '');
    await room().pause('warm_hello', { ...pausing, reason: 'a second look' });
    const { news } = await room().status('warm_hello');
    const thread = async () => {
      const card = await cardOf(bot, 'warm_hello');
      const open = card.threadId === null ? [] : await bot.as('admin').in(card.threadId).messages();
      return open.map(({ embeds }) => embeds[0]?.footer?.text);
    };
    const { id } = await room().status('warm_hello');
    await expect.poll(thread, { timeout: 10_000 }).toEqual([`${id}.${news.at(-1)?.n ?? 0}`]);
    await room().resume('warm_hello', pausing);
  });
});

it('Roll back turns it off at once; the card says so for good, and Why? is all that is left', async () => {
  const card = await cardThat(bot, 'warm_hello', ({ text }) => text.includes('Running'));
  await press(bot, 'staff', card, 'Roll back');
  const over = await cardThat(bot, 'warm_hello', ({ buttons }) => buttons.length === 1);
  expect(over.buttons).toEqual(['Why?']);
  expect(bot.rollouts.flags.isEnabled('warm_hello', bot.sandbox.world.guild('internal_test_server').id)).toBe(
    false,
  );
});
