import { afterAll, beforeAll, expect, test } from 'vitest';
import { LmdbFile } from '../../../src/lib/state/lmdb/LmdbFile.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { until } from '../../support/redis/until.js';
import { asAdmin, createFlag, withNotice } from '../chat/chat.js';

let bot: RunningBot;

/** A document that no program could have written, and one that another program might have. */
async function spoil(dataDir: string): Promise<void> {
  const file = await LmdbFile.open(dataDir, 'rollouts', 5_000);
  await file.write(() => {
    file.put(['doc', 'flags', 'torn'], '{"value":{"v":1,');
    file.put(['doc', 'flags', 'foreign'], '{"value":{"v":1,"schema":1,"colour":"blue"}}');
  });
  await file.close();
}

beforeAll(async () => {
  bot = await startBot({ prepare: spoil });
});

afterAll(async () => {
  await bot.close();
  expect(bot.violations).toEqual([]);
});

const operations = () => bot.as('admin').in('operations');

test('damaged and foreign documents are named in #operations and set aside, and their flags are off', async () => {
  for (const name of ['torn', 'foreign']) {
    const told = await until('the damage is announced', async () =>
      (await operations().messages()).find(({ text }) => text.includes(`flags:${name}`)),
    );
    expect(told.text).toContain('set aside, not deleted');
    expect(told.pinged).toEqual(['@On-call']);
    expect(bot.rollouts.flags.isEnabled(name, bot.sandbox.world.guild('beta_server_1').id)).toBe(false);
  }
  const setAside = await bot.rollouts.recovery.damaged();
  expect(setAside.map(({ key }) => key).sort()).toEqual(['foreign', 'torn']);
  // The key is free again.
  await createFlag(bot, 'torn');
  await createFlag(bot, 'sound');
  expect((await operations().slash('/feature list')).text).toContain('sound');
});

test.each([true, false])(
  'after the gateway was cut (resumable: %s) commands are answered again',
  async (resumable) => {
    const before = bot.sandbox.sessions().length;
    bot.sandbox.gateway.cut({ resumable });
    await until(
      'the bot is connected again',
      () => bot.sandbox.sessions().length === before && bot.client.isReady(),
    );
    const answer = await until('a command is answered', () =>
      operations()
        .slash('/feature list')
        .catch(() => undefined),
    );
    expect(answer.text).toContain('sound');
  },
);

test('an audit entry that was changed by hand is found', async () => {
  const [, notice] = await withNotice(bot, 'audited', () => createFlag(bot, 'audited'));
  expect(notice.buttons).toContain('Undo');
  const { audit } = bot.rollouts.store;
  await until('the entry is sealed', async () => {
    const [newest] = await audit.read({ limit: 1 });
    return newest?.seal !== undefined;
  });
  expect(await audit.verify()).toMatchObject({ ok: true });
  const [entry] = await audit.read({ limit: 1 });
  const file = await LmdbFile.open(bot.dataDir, 'rollouts', 5_000);
  const at = ['audit', entry?.seq ?? 0, 0] as const;
  await file.write(() => file.put([...at], (file.get([...at]) ?? '').replace('audited', 'doctored')));
  await file.close();
  expect(await audit.verify()).toMatchObject({ ok: false, id: entry?.id });
});

test('a guild that leaves is gone from the counts and remembered by name; one that joins is there', async () => {
  await asAdmin(bot, '/feature enable', {
    name: 'sound',
    guild: bot.sandbox.world.guild('beta_server_2').id,
  });
  const outOf = bot.rollouts.flags.directory.all.length;
  bot.sandbox.removeGuild(bot.sandbox.world.guild('beta_server_2').id);
  await until('it is gone', () => bot.rollouts.flags.directory.all.length === outOf - 1);
  expect((await operations().slash('/feature info', { name: 'sound' })).text).toContain(String(outOf - 1));
  bot.sandbox.addGuild({ name: 'a_new_guild' });
  await until('it is there', () => bot.rollouts.flags.directory.all.length === outOf);
  const offered = await operations().complete('/feature enable', { name: 'sound', guild: 'a_new' }, 'guild');
  expect(offered.map(({ name }) => name).join()).toContain('a_new_guild');
});
