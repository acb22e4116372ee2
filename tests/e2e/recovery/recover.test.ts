/** From a wrong change back to a snapshot, and from a damaged document back to its last good version, in chat. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LmdbFile } from '../../../src/lib/state/lmdb/LmdbFile.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { until } from '../../support/redis/until.js';
import { asAdmin } from '../chat/chat.js';
import { createOn, noticeIn } from '../rollbacks/rollbackChat.js';

let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot();
  await createOn(bot, 'walls');
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

it('a wrong change is undone by going back to the snapshot before it, and the audit tells both', async () => {
  const { name } = await bot.rollouts.recovery.take('asked');
  await asAdmin(bot, '/feature disable', { name: 'walls' });
  const guild = bot.sandbox.world.guild('beta_server_1').id;
  await until('it is off', () => !bot.rollouts.flags.isEnabled('walls', guild));
  const { sha256 } = await bot.rollouts.recovery.propose(name);
  const by = { id: '1', name: 'ann' };
  await bot.rollouts.recovery.recover({ by, snapshot: name, sha256, reason: 'It was better' });
  await until('it is on again', () => bot.rollouts.flags.isEnabled('walls', guild));
  await noticeIn(bot, 'operations', 'The state went back to a snapshot');
  const history = await asAdmin(bot, '/feature history', { name: 'walls' });
  expect(history.text).toContain('Disable walls');
});

it('/rollback recover shows what would change and changes nothing before its asker says so', async () => {
  const { name } = await bot.rollouts.recovery.take('asked');
  await asAdmin(bot, '/feature disable', { name: 'walls' });
  const guild = bot.sandbox.world.guild('beta_server_1').id;
  await until('it is off', () => !bot.rollouts.flags.isEnabled('walls', guild));
  const admin = bot.as('admin').in('operations');
  const recover = { snapshot: name, reason: 'It was better' };
  expect((await bot.as('staff').in('operations').slash('/rollback recover', recover)).text).toContain(
    'You may not do this',
  );
  const list = await admin.slash('/rollback snapshots');
  expect(list.text).toContain(name);
  const choices = await admin.complete('/rollback recover', { snapshot: 'by hand' }, 'snapshot');
  expect(choices.find(({ value }) => value === name)?.name).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d UTC, by hand \(after change #\d+\)$/,
  );
  const question = await admin.slash('/rollback recover', recover);
  expect(question.text).toContain('Nothing has changed yet');
  expect(question.text).toMatch(/flags: 1 changed/);
  expect(question.text).toMatch(/walls/);
  expect(question.buttons).toEqual(['Go back', 'Cancel']);
  expect(bot.rollouts.flags.isEnabled('walls', guild)).toBe(false);
  const left = await admin.click(question, 'Cancel');
  expect(left.text).toContain('Nothing');
  expect(bot.rollouts.flags.isEnabled('walls', guild)).toBe(false);
  const done = await admin.click(await admin.slash('/rollback recover', recover), 'Go back');
  expect(done.text).toContain('The state is back at the snapshot');
  await until('it is on again', () => bot.rollouts.flags.isEnabled('walls', guild));
});

it('a damaged flag is set aside and told once; one press puts its last good version back', async () => {
  const file = await LmdbFile.open(bot.dataDir, bot.config.state.prefix, 5_000);
  await file.write(() => {
    file.put(['doc', 'flags', 'walls'], '{"value":');
  });
  await file.close();
  const { damaged } = await bot.rollouts.store.load();
  expect(damaged).toMatchObject([{ key: 'walls' }]);
  bot.rollouts.control.reload(await bot.rollouts.store.load(), 'gap', []);
  const notice = await noticeIn(bot, 'operations', 'A document in the state store is damaged: flags:walls');
  expect(notice.text).toContain('It was set aside');
  await bot.as('admin').in('operations').click(notice, 'Put the last good version back');
  await noticeIn(bot, 'operations', 'Put back: flags:walls');
  const guild = bot.sandbox.world.guild('beta_server_1').id;
  await until('it is on again', () => bot.rollouts.flags.isEnabled('walls', guild));
});
