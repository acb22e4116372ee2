/** Urgent notices through the front door: the ping, the button, and who hears of it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';

let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot({
    deployments: `
alerts:
  messages_a_minute: 10000
  escalation: { every: 1s, times: 3 }
  routes: [{ events: [freeze], severity: warn, to: [management] }]
`,
  });
});

afterAll(async () => {
  await bot.close();
  expect(bot.violations).toEqual([]);
});

const operations = () => bot.as('staff').in('operations');

/** Everything in #operations that called on-call since this message. */
const calls = async (after: string) => {
  const all = (await operations().messages()).filter(({ ephemeral }) => !ephemeral);
  return all.filter(({ id, pinged }) => BigInt(id) >= BigInt(after) && pinged.includes('@On-call'));
};

it('pings on-call once, stands in every channel that its route names, and is answered by a button', async () => {
  const told = operations().next(({ ephemeral, text }) => !ephemeral && text.includes('everything is slow'));
  const copy = bot
    .as('admin')
    .in('management')
    .next(({ text }) => text.includes('everything is slow'));
  await operations().slash('/freeze start', { reason: 'everything is slow', incident: true });
  const notice = await told;
  expect(notice.pinged).toEqual(['@On-call']);
  expect(notice.buttons).toContain('Acknowledge');
  expect((await copy).pinged).toEqual([]);
  expect((await copy).embeds[0]?.footer?.text).toBe(notice.embeds[0]?.footer?.text);

  const heard = operations().next(({ ephemeral, text }) => !ephemeral && text.includes('Somebody is on it'));
  expect((await operations().click(notice, 'Acknowledge')).text).toContain('You are on it');
  expect((await heard).text).toContain('@staff');
  expect((await bot.as('admin').in('operations').click(notice, 'Acknowledge')).text).toContain(
    'already on it',
  );
});

it('a rollback that somebody acknowledges calls nobody again, whichever way it is done', async () => {
  await bot.as('admin').in('operations').slash('/feature create', { name: 'slow', description: 'Slow' });
  const told = operations().next(({ ephemeral, text }) => !ephemeral && text.includes('ROLLBACK INITIATED'));
  const asked = await operations().slash('/rollback now', {
    feature: 'slow',
    trigger: 'other',
    reason: 'slow',
  });
  if (asked.buttons.length > 0) await operations().click(asked, asked.buttons[0] ?? '');
  const notice = await told;
  expect(notice.pinged).toEqual(['@On-call']);
  expect(notice.buttons.filter((label) => label === 'Acknowledge')).toHaveLength(1);
  await operations().click(notice, 'Acknowledge');
  expect(await bot.rollouts.urgents.takenBy('rollback')).toMatchObject({ name: 'staff' });
});

it('calls three times at most while nobody answers, and the last says so', { timeout: 30_000 }, async () => {
  const told = operations().next(({ ephemeral, text }) => !ephemeral && text.includes('all is down'));
  await operations().slash('/freeze start', { reason: 'all is down', incident: true });
  const { id } = await told;
  const wake = async (): Promise<number> => {
    bot.rollouts.control.wake('escalate');
    return (await calls(id)).length;
  };
  await expect.poll(wake, { timeout: 20_000 }).toBe(3);
  const all = await calls(id);
  expect(all.every(({ buttons }) => buttons.filter((label) => label === 'Acknowledge').length === 1)).toBe(
    true,
  );
  expect(all.at(-1)?.text).toContain('On-call was pinged 3 times; this was the last.');
  expect(all.at(-1)?.text).toContain('To do: Look at that notice');
  // Its turn is asked for again, and it has nothing more to say.
  await bot.rollouts.store.time();
  expect(await wake()).toBe(3);
});
