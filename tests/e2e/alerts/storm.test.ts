/** A storm of notices with the limits that every installation has: nothing is set, as in a fresh sandbox. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { alertDefaults } from '../../../src/lib/alerts/routing/AlertSettings.js';
import { newId } from '../../../src/lib/core/ids.js';
import { startBot, type RunningBot } from '../../support/bot.js';

let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot({ deployments: '' });
});

afterAll(async () => {
  await bot.close();
  expect(bot.violations).toEqual([]);
});

it('is told singly up to the limit, then in one message with a count', async () => {
  const { store } = bot.rollouts;
  const many = 500;
  const operations = bot.as('staff').in('operations');
  const folded = operations.next(({ text }) => text.includes('notices at once'));
  const outbox = Array.from({ length: many }, (_, nth) => ({
    ...{ kind: 'drizzle', to: 'operations', card: { tone: 'warn', title: `Drop ${nth}` } },
  }));
  const notAfter = (await store.time()) + 5_000;
  await store.commit({ op: newId(), notAfter, changes: [], audit: [], outbox });
  const { text } = await folded;
  const singles = (await operations.messages()).filter((message) => message.text.includes('Drop '));
  const limit = alertDefaults.messagesAMinute;
  expect(singles.filter((message) => !message.text.includes('at once'))).toHaveLength(limit);
  expect(text).toContain(`${many - limit} notices at once: ${many - limit} × drizzle`);
  expect(text).toContain('To do: Begin with what is gravest above');
});
