import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { unitOf } from '../../src/lib/health/recording/unitOf.js';
import { startBot, type RunningBot } from '../support/bot.js';
import { createFlag } from './chat/chat.js';

let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot();
}, 60_000);
afterAll(() => bot.close());

it('every command of the bot is measured by guild, its own and those of its host', async () => {
  const { health, domainTime } = bot.rollouts;
  const before = unitOf(domainTime.now());
  await createFlag(bot, 'measured');
  await bot.as('admin').in('operations').slash('/feature list');
  await bot.as('admin').in('operations').slash('/hello');
  const guilds = await vi.waitFor(async () => {
    // A person has read the answer before the command has ended.
    await health.flush();
    const units = await health.records.baseUnits(before, unitOf(domainTime.now()));
    const all = units.flatMap((unit) => unit.guilds);
    expect(all.reduce((sum, { runs }) => sum + runs, 0)).toBe(3);
    return all;
  }, 10_000);
  expect(new Set(guilds.map(({ guild }) => guild))).toEqual(new Set([bot.sandbox.world.staffGuild.id]));
  expect(guilds.reduce((sum, { failures }) => sum + failures, 0)).toBe(0);
  expect(await health.records.processes()).toHaveLength(1);
});
