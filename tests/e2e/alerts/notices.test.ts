/** What staff and guilds hear of a change, through the front door. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Seen } from '../../../src/sandbox/index.js';
import { startBot, type RunningBot } from '../../support/bot.js';

const dayMs = 86_400_000;

let bot: RunningBot;
/** Domain time runs as fast as a test likes. */
let ahead = 0;

beforeAll(async () => {
  bot = await startBot({ clocks: { domainTime: { now: () => Date.now() + ahead } } });
  for (const name of ['one', 'two']) {
    await operations().slash('/feature create', { name, description: 'A thing', beta: 'open' });
  }
});

afterAll(async () => {
  await bot.close();
  expect(bot.violations).toEqual([]);
});

const operations = (): ReturnType<ReturnType<RunningBot['as']>['in']> => bot.as('admin').in('operations');

/** The next notice in #operations that says this. */
const notice = (words: string): Promise<Seen> =>
  operations().next(({ ephemeral, text }) => !ephemeral && text.includes(words));

const titled = (all: readonly Seen[], words: string): readonly Seen[] =>
  all.filter(({ ephemeral, text }) => !ephemeral && text.includes(words));

it('a change is told once, with before and after, who, why, a way back and a reference', async () => {
  const told = notice('beta_server_1');
  await operations().slash('/feature enable', {
    name: 'one',
    guild: bot.sandbox.world.guild('beta_server_1').id,
    reason: 'they asked for it',
  });
  const { text, buttons, embeds, pinged } = await told;
  expect(text).toContain('→');
  expect(text).toContain('@admin');
  expect(text).toContain('they asked for it');
  expect(buttons).toEqual(['Undo', 'Roll back']);
  expect(embeds[0]?.footer?.text).toMatch(/^#\d+-\w{4}$/);
  expect(pinged).toEqual([]);
  expect(titled(await operations().messages(), 'they asked for it')).toHaveLength(1);
});

it('while Discord fails, the change is made and answered; the notice comes later, once', async () => {
  bot.sandbox.rest.fail({ method: 'POST', route: /\/channels\/\d+\/messages$/, status: 500, times: 5 });
  const told = notice('while it fails');
  const answer = await operations().slash('/feature disable', { name: 'two', reason: 'while it fails' });
  expect(answer.ephemeral).toBe(true);
  await told;
  expect(titled(await operations().messages(), 'while it fails')).toHaveLength(1);
});

it('a guild in a beta hears in the channel that it chose when the beta is killed, and others do not', async () => {
  const manager = bot.as('beta1_manager').in('general', 'beta_server_1');
  await manager.slash('/beta channel', {
    channel: bot.sandbox.world.channel('general', 'beta_server_1').id,
  });
  await manager.slash('/beta join', { name: 'two' });
  const heard = manager.next(({ ephemeral, text }) => !ephemeral && text.includes('two is off for now'));
  await operations().slash('/feature kill', { name: 'two' });
  await heard;
  expect(titled(await manager.messages(), 'off for now')).toHaveLength(1);
  const elsewhere = await bot.as('beta2_manager').in('general', 'beta_server_2').messages();
  expect(titled(elsewhere, 'off for now')).toEqual([]);
});

it('a week later staff hear once which flags could be tidied up', async () => {
  const { control, store } = bot.rollouts;
  await expect.poll(async () => (await store.getMany('settings', ['digest']))[0]).not.toBeNull();
  ahead = 40 * dayMs;
  const told = notice('Weekly look');
  control.wake('digest');
  expect((await told).text).toContain('one');
  control.wake('digest');
  await expect
    .poll(() => control.status.duties.find(({ name }) => name === 'digest')?.busySince)
    .toBeUndefined();
  expect(titled(await operations().messages(), 'Weekly look')).toHaveLength(1);
});
