/** Urgent notices through the front door: the ping, the button, and who hears of it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';

let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot({
    deployments: `
alerts:
  messages_a_minute: 10000
  routes: [{ events: [freeze], severity: warn, to: [management] }]
`,
  });
});

afterAll(async () => {
  await bot.close();
  expect(bot.violations).toEqual([]);
});

const operations = () => bot.as('staff').in('operations');

it('pings on-call once, stands in every channel that its route names, and is answered by a button', async () => {
  const told = operations().next(({ ephemeral, text }) => !ephemeral && text.includes('everything is slow'));
  const copy = bot
    .as('admin')
    .in('management')
    .next(({ text }) => text.includes('everything is slow'));
  await operations().slash('/freeze start', { reason: 'everything is slow', incident: true });
  const notice = await told;
  expect(notice.pinged).toEqual(['@On-call']);
  expect(notice.buttons).toContain('I am on it');
  expect((await copy).pinged).toEqual([]);
  expect((await copy).embeds[0]?.footer?.text).toBe(notice.embeds[0]?.footer?.text);

  const heard = operations().next(({ ephemeral, text }) => !ephemeral && text.includes('Somebody is on it'));
  expect((await operations().click(notice, 'I am on it')).text).toContain('You are on it');
  expect((await heard).text).toContain('@staff');
  expect((await bot.as('admin').in('operations').click(notice, 'I am on it')).text).toContain(
    'already on it',
  );
});
