/** While a deployment runs somebody renames one staff channel and deletes another: it goes on, and says what is missing. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Seen } from '../../../src/sandbox/index.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { until } from '../../support/redis/until.js';

let aheadMs = 0;
let bot: RunningBot;
const admin = (channel: string) => bot.as('admin').in(channel);

beforeAll(async () => {
  bot = await startBot({ clocks: { realTime: { now: () => Date.now() + aheadMs } } });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

const seenIn = (channel: string, what: string, is: (seen: Seen) => boolean): Promise<Seen> =>
  until(what, async () => (await admin(channel).messages()).find((seen) => !seen.ephemeral && is(seen)));
const isCard = ({ embeds }: Seen): boolean => embeds.length === 0;

it('the developers’ notice links to the card in #operations', async () => {
  await admin('operations').slash('/deploy start', { version: '1.4.0', summary: 'Faster greetings' });
  const notice = await seenIn('dev-team', 'the start is told', ({ text }) =>
    text.includes('🚀 Starting deployment 1.4.0'),
  );
  const card = await seenIn('operations', 'the card stands', isCard);
  expect(notice.text).toContain(`/${card.channelId}/${card.id}`);
});

it('in a renamed channel the same card goes on, notices arrive, and say what to set', async () => {
  const card = await seenIn('operations', 'the card stands', isCard);
  bot.sandbox.renameChannel('operations', 'ops-live');
  bot.sandbox.deleteChannel('dev-team');
  // The list of channels is read anew.
  aheadMs += 31_000;
  await admin('ops-live').slash('/deploy finish', {});
  const notice = await seenIn('ops-live', 'it is told', ({ text }) => text.includes('1.4.0 is deployed'));
  expect(notice.text).toContain('This channel was #operations');
  const edited = await seenIn(
    'ops-live',
    'the card is edited',
    (seen) => isCard(seen) && seen.text.includes('is being watched'),
  );
  expect(edited.id).toBe(card.id);
});

it('what is missing is named where somebody reads, and what was for it comes with its successor', async () => {
  const failed = await seenIn(
    'ops-live',
    'the smoke tests found it',
    ({ embeds, text }) => embeds.length > 0 && text.includes('permissions'),
  );
  expect(failed.text).toContain('#dev-team');
  expect(failed.pinged).toEqual(['@On-call']);
  const parked = await bot.rollouts.store.outbox.parked();
  expect(parked.map(({ reason }) => reason).join()).toContain('no channel #dev-team');
  bot.sandbox.world.addChannel('dev-team');
  aheadMs += 61_000;
  await admin('ops-live').slash('/deploy fail', { reason: 'The channel was gone' });
  const titles = async () => (await admin('dev-team').messages()).map(({ text }) => text).join('\n');
  await until('everything has come', async () => {
    const all = await titles();
    return all.includes('1.4.0 is deployed') && all.includes('Deployment 1.4.0 to production failed');
  });
});
