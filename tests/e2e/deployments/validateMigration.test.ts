/** A migration tried from chat: typed at a local Discord, run by the command line as a process of its own. */
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMigrationsInBot } from '../../../src/lib/migrationsInBot.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { childModule, type ChildModule } from '../../support/child.js';
import { until } from '../../support/redis/until.js';

let bot: RunningBot;
let commandLine: ChildModule;
const validate = (who: string, migration: string) =>
  bot.as(who).in('operations').slash('/deploy validate', { migration });

beforeAll(async () => {
  commandLine = await childModule('src/cli.ts');
  for (const name of await readdir('src/lib/state/redis'))
    if (name.endsWith('.lua'))
      await copyFile(join('src/lib/state/redis', name), join(dirname(commandLine.file), name));
  bot = await startBot({ env: { GATE_IN_BOT: 'true' } });
  const folder = join(bot.dataDir, 'migrations');
  await mkdir(folder);
  await writeFile(join(folder, '7_typo.sql'), 'alter tabel users drop column name;');
  const settings = { folder, databaseUrlEnv: 'NO_SUCH_ADDRESS', schema: undefined, isStateAutomatic: true };
  // What is built has its command line beside itself; here it is made for the test.
  Object.assign(bot.rollouts, { migrationsInBot: openMigrationsInBot(settings, commandLine.file) });
}, 90_000);
afterAll(async () => {
  await bot.close();
  await commandLine.dispose();
  expect(bot.violations).toEqual([]);
});

describe('/deploy validate migration', () => {
  it('shows what each check found', async () => {
    const { id } = await validate('admin', '7_typo.sql');
    const answer = await until('the answer is complete', async () =>
      (await bot.as('admin').in('operations').messages()).find(
        (message) => message.id === id && message.text.includes('is not ready'),
      ),
    );
    expect(answer.text).toContain('7_typo.sql:1:7: syntax error at or near "tabel"');
    expect(answer.text).toContain('It was not tried at all; your database was not changed.');
    expect(answer.ephemeral).toBe(true);
  });

  it('offers the files of the folder', async () => {
    const choices = await bot
      .as('admin')
      .in('operations')
      .complete('/deploy validate', { migration: 'TYPO' }, 'migration');
    expect(choices.map(({ value }) => value)).toEqual(['7_typo.sql']);
  });

  it.each(['../7_typo.sql', '/etc/passwd', 'drop table users'])(
    'takes no path and no SQL: %s',
    async (typed) => {
      expect((await validate('admin', typed)).text).toContain('There is no migration');
    },
  );

  it('is refused to staff who are no admins', async () => {
    expect((await validate('staff', '7_typo.sql')).text).toContain('Only rollout admins');
  });
});
