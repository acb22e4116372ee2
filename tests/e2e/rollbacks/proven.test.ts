/** A rollback of a bot that is used: everything that is asked of its proof becomes known, and passes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unitMs } from '../../../src/lib/health/judging/units.js';
import { verifyReceipt } from '../../../src/lib/rollbacks/proof/receipt/verifyReceipt.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { until } from '../../support/redis/until.js';
import {
  attached,
  cardThat,
  createOn,
  jump,
  MovedClock,
  noticeIn,
  noticesIn,
  rollbackThat,
} from './rollbackChat.js';

let bot: RunningBot;
const domainTime = new MovedClock();
const dayMs = 24 * 3_600_000;
const oncall = () => bot.as('oncall').in('operations');

beforeAll(async () => {
  bot = await startBot({ clocks: { domainTime }, sandbox: { guilds: 250 } });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

/** In the quarter hour that is: ten runs in every guild, the slowest of them four times as slow as the fastest. */
function use(): void {
  for (const { id } of bot.sandbox.world.guilds)
    for (let run = 0; run < 10; run += 1)
      bot.rollouts.health.recording.begin({ name: 'hello', guildId: id }).end('ok', 20 + 6 * run);
}

/** Domain time goes on to the next quarter hour. */
function toNextUnit(): void {
  jump(bot, domainTime, unitMs - (domainTime.now() % unitMs) + 1_000);
}

/** So many whole quarter hours in which the bot is used. */
async function usedFor(units: number): Promise<void> {
  for (let unit = 0; unit < units; unit += 1) {
    toNextUnit();
    use();
    await bot.rollouts.health.flush();
  }
  toNextUnit();
  await bot.rollouts.health.flush();
}

it('all five checks pass, the notice is good news, and the receipt says that it is proven', async () => {
  const began = domainTime.now();
  await usedFor(6);
  // The same time of the next day, before the first of them.
  jump(bot, domainTime, began + dayMs - unitMs - domainTime.now());
  await createOn(bot, 'walls');
  await oncall().slash('/rollback now', { feature: 'walls', reason: 'It burns' });
  await rollbackThat(bot, 'walls', ({ proof }) => proof !== null);
  await usedFor(4);
  bot.rollouts.control.wake('roll back');
  const done = await rollbackThat(bot, 'walls', ({ receipt }) => receipt !== null);
  expect(done.proof?.checks.map(({ name, verdict, sentence }) => [name, verdict, sentence])).toEqual([
    ['flags-off', 'passed', expect.any(String)],
    ['performance-restored', 'passed', expect.stringContaining('before it')],
    ['errors-normal', 'passed', expect.stringContaining('surely in fewer than 1 of 100')],
    ['commands-work', 'passed', expect.any(String)],
    ['data-integrity', 'passed', expect.any(String)],
  ]);
  const end = await until('the receipt is attached', async () =>
    (await noticesIn(bot, 'management', 'walls')).find(({ attachments }) => attachments.length > 0),
  );
  expect(end.text).toContain('It is proven, read back from every process.');
  const checked = verifyReceipt(await attached(end));
  expect(checked).toMatchObject({ ok: true, receipt: { proof: { verdict: 'proven' } } });
  const card = await cardThat(bot, done.id, 'proven');
  expect(card.text).toMatch(/walls.* rolled back, off for everybody after .*, proven/);
});

it('a drill is held from chat, and its time to safety stands in the history', async () => {
  const admin = bot.as('admin').in('operations');
  const answer = await admin.slash('/rollback drill');
  expect(answer.text).toContain('rollouts-drill is off for everybody');
  await noticeIn(bot, 'operations', 'ROLLBACK DRILL');
  const { id } = await rollbackThat(bot, 'rollouts-drill', () => true);
  await cardThat(bot, id, 'ROLLBACK DRILL');
  await rollbackThat(bot, 'rollouts-drill', ({ proof }) => proof !== null);
  await usedFor(4);
  bot.rollouts.control.wake('roll back');
  const drill = await rollbackThat(bot, 'rollouts-drill', ({ endedAt }) => endedAt !== null);
  expect(drill.kind).toBe('drill');
  const history = await oncall().slash('/rollback history');
  expect(history.text).toMatch(/The last drill was .*: safe after 0\.\d\d s, done after \d/);
  expect(await noticesIn(bot, 'management', 'rollouts-drill')).toEqual([]);
});
