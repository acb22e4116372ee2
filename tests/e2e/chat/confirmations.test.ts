import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { asAdmin, createFlag } from './chat.js';

let bot: RunningBot;
/** Real time runs on, and can be moved ahead. */
let ahead = 0;
const admin = () => bot.as('admin').in('operations');
const share = () => bot.rollouts.flags.flag('asked').basisPoints;

beforeAll(async () => {
  bot = await startBot({ clocks: { realTime: { now: () => Date.now() + ahead } } });
  await createFlag(bot, 'asked');
});
beforeEach(async () => {
  await asAdmin(bot, '/feature enable', { name: 'asked', percentage: '0' });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

describe('a change that reaches more than a quarter of all guilds, or everyone', () => {
  it('asks first, and shows guilds, members and the change in words', async () => {
    const asked = await admin().slash('/feature enable', { name: 'asked', reason: 'launch' });
    expect(asked.ephemeral).toBe(true);
    expect(asked.buttons).toEqual(['Confirm', 'Cancel']);
    expect(asked.text).toContain('Enable asked for everyone?');
    expect(asked.text).toMatch(/50 of 50 guilds \(100 %\) with [\d,]+ members/);
    expect(asked.text).toContain('percentage: 0 % → 100 %');
    expect(asked.text).toContain('launch');
    expect(share()).toBe(0);
  });

  it('is made by Confirm, in the place of the question', async () => {
    const asked = await admin().slash('/feature enable', { name: 'asked' });
    const done = await admin().click(asked, 'Confirm');
    expect(done.id).toBe(asked.id);
    expect(done.text).toMatch(/^✅ Enable asked for everyone/);
    expect(done.buttons).toEqual([]);
    expect(share()).toBe(10_000);
  });

  it('is dropped by Cancel', async () => {
    const asked = await admin().slash('/feature enable', { name: 'asked' });
    const dropped = await admin().click(asked, 'Cancel');
    expect(dropped.text).toContain('Cancelled');
    expect(dropped.buttons).toEqual([]);
    expect(share()).toBe(0);
  });

  it('but a smaller one, a narrowing and a kill do not', async () => {
    const small = await admin().slash('/feature enable', { name: 'asked', percentage: '1' });
    expect(small.buttons).toEqual([]);
    await asAdmin(bot, '/feature enable', { name: 'asked' });
    for (const path of ['/feature disable', '/feature kill'])
      expect((await admin().slash(path, { name: 'asked' })).buttons).toEqual([]);
    await asAdmin(bot, '/feature unkill', { name: 'asked' });
  });
});

describe('a confirmation', () => {
  it('pressed twice is made once', async () => {
    const asked = await admin().slash('/feature enable', { name: 'asked' });
    const presses = await Promise.allSettled([
      admin().click(asked, 'Confirm'),
      admin().click(asked, 'Confirm'),
    ]);
    const texts = presses.map((press) =>
      press.status === 'fulfilled' ? press.value.text : String(press.reason),
    );
    expect(texts.filter((text) => text.startsWith('✅'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('You answered this already'))).toHaveLength(1);
    expect(share()).toBe(10_000);
  });

  it('pressed after two minutes is refused, and the question loses its buttons', async () => {
    const asked = await admin().slash('/feature enable', { name: 'asked' });
    ahead += 2 * 60_000;
    const late = await admin().click(asked, 'Confirm');
    expect(late.id).toBe(asked.id);
    expect(late.text).toContain('expired');
    expect(late.buttons).toEqual([]);
    expect(share()).toBe(0);
  });

  it('given after the flag changed is refused, and shows what changed', async () => {
    const asked = await admin().slash('/feature enable', { name: 'asked' });
    await asAdmin(bot, '/feature enable', { name: 'asked', percentage: '3' });
    const stale = await admin().click(asked, 'Confirm');
    expect(stale.text).toContain('Nothing was changed');
    expect(stale.text).toContain('3 %');
    expect(stale.buttons).toEqual([]);
    expect(share()).toBe(300);
  });
});

describe('two people changing one flag at once', () => {
  it('one wins, and the other is shown the new state', async () => {
    const [five, seven] = await Promise.all([
      admin().slash('/feature enable', { name: 'asked', percentage: '5' }),
      admin().slash('/feature enable', { name: 'asked', percentage: '7' }),
    ]);
    const won = [five, seven].filter(({ text }) => text.startsWith('✅'));
    const lost = [five, seven].filter(({ text }) => text.includes('Nothing was changed'));
    expect([won.length, lost.length]).toEqual([1, 1]);
    expect(lost[0]?.text).toContain(share() === 500 ? '5 %' : '7 %');
  });
});
