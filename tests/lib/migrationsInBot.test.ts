import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckTick } from '../../src/lib/deployments/migrations/MigrationsInBot.js';
import type { MigrationSettings } from '../../src/lib/deployments/migrations/MigrationSettings.js';
import { openMigrationsInBot } from '../../src/lib/migrationsInBot.js';
import { childModule, type ChildModule } from '../support/child.js';
import { describePostgres } from '../support/postgres/available.js';
import { startPostgres, type PostgresProcess } from '../support/postgres/server.js';

let commandLine: ChildModule;
let folder: string;
beforeAll(async () => {
  commandLine = await childModule('src/cli.ts');
  // What the store loads from beside itself.
  for (const name of await readdir('src/lib/state/redis'))
    if (name.endsWith('.lua'))
      await copyFile(join('src/lib/state/redis', name), join(dirname(commandLine.file), name));
}, 60_000);
afterAll(() => commandLine.dispose());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrations-in-bot-'));
  vi.stubEnv('DATABASE_URL', '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const write = (name: string, sql: string): Promise<void> => writeFile(join(folder, name), sql);
const open = (more: Partial<MigrationSettings> = {}, program = commandLine.file) =>
  openMigrationsInBot(
    { folder, databaseUrlEnv: 'DATABASE_URL', schema: undefined, isStateAutomatic: true, ...more },
    program,
  );
const run = (name: string, signal = new AbortController().signal) => {
  const seen: (readonly CheckTick[])[] = [];
  return { seen, asked: { name, signal, onTicks: (ticks: readonly CheckTick[]) => void seen.push(ticks) } };
};

async function threeMigrations(): Promise<void> {
  await write(
    '1_users.sql',
    "create table users (id int primary key, name text); insert into users values (1, 'Ada');",
  );
  await write('2_email.sql', 'alter table users add column email text;');
  await write('2_email.down.sql', 'alter table users drop column email;');
  await write('10_name.sql', 'alter table users drop column name;');
  await write('10_name.down.sql', 'alter table users add column name text;');
}

describe('the migrations that may be chosen', () => {
  it('are the files of the folder in the order of their numbers, and nothing else on the disk', async () => {
    await threeMigrations();
    await write('.hidden.sql', 'select 1');
    await write('notes.txt', 'select 1');
    await mkdir(join(folder, 'old.sql'));
    await symlink('/etc/hostname', join(folder, 'out.sql'));
    await symlink(join(folder, 'gone'), join(folder, 'nowhere.sql'));
    await symlink(join(folder, '2_email.sql'), join(folder, 'link.sql'));
    expect(await open().list()).toEqual(['1_users.sql', '2_email.sql', '10_name.sql', 'link.sql']);
    expect(await open({ folder: join(folder, 'none') }).list()).toEqual([]);
  });

  it.each(['../secret.sql', '/etc/passwd', 'out.sql', '2_email.down.sql', 'drop table users', ''])(
    'are chosen by name: "%s" is none',
    async (name) => {
      await threeMigrations();
      await symlink('/etc/hostname', join(folder, 'out.sql'));
      await expect(open().validate(run(name).asked)).rejects.toMatchObject({
        code: 'UNKNOWN_MIGRATION',
        next: expect.stringContaining('10_name.sql') as string,
      });
    },
  );
});

describe('a migration that is tried', { timeout: 90_000 }, () => {
  it('passes its five checks behind those before it, each told as it comes', async () => {
    await threeMigrations();
    const { seen, asked } = run('2_email.sql');
    const { verdict, checks } = await open().validate(asked);
    expect([verdict, checks.length]).toEqual(['passed', 5]);
    expect(seen[0]).toEqual([{ check: 'syntax', state: 'running', sentence: '' }]);
    expect(seen.at(-1)?.map(({ check, state }) => `${check} ${state}`)).toEqual(
      ['syntax', 'backup', 'dry run', 'performance impact', 'rollback script'].map(
        (name) => `${name} passed`,
      ),
    );
  });

  it('fails in words where its rollback cannot bring back what it drops, on the schema that the settings name', async () => {
    await threeMigrations();
    await write('now.sql', "create table users (name text); insert into users values ('Ada');");
    const { checks } = await open({ schema: ['now.sql'] }).validate(run('10_name.sql').asked);
    expect(checks.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'passed', 'passed', 'failed']);
    expect(checks[4]?.evidence.join()).toContain('name');
  });

  it('says in a sentence that the database is away, and shows no password', async () => {
    await threeMigrations();
    vi.stubEnv('TRY_ON', 'postgresql://bot:very-secret@127.0.0.1:1/app');
    const report = await open({ databaseUrlEnv: 'TRY_ON' }).validate(run('2_email.sql').asked);
    expect(report.checks[1]).toMatchObject({ name: 'backup', verdict: 'failed' });
    expect(report.checks[1]?.sentence).toContain('127.0.0.1');
    expect(JSON.stringify(report)).not.toContain('very-secret');
  });

  it('is one at a time, and ends when it is told to', async () => {
    await threeMigrations();
    const program = join(folder, 'hangs.mjs');
    await writeFile(program, 'setInterval(() => {}, 1000);');
    const bot = open({}, program);
    const aborter = new AbortController();
    const first = bot.validate(run('2_email.sql', aborter.signal).asked);
    const refused = await bot.validate(run('2_email.sql').asked).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      message: expect.stringContaining('being tried in this bot already') as string,
    });
    aborter.abort();
    await expect(first).rejects.toMatchObject({
      code: 'MIGRATION_NOT_TRIED',
      message: expect.stringContaining('It took too long and was ended') as string,
    });
  });

  it.each([
    ["process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);", 'no memory left'],
    ['console.log("x".repeat(3e6)); process.exit(7);', 'exit code 7'],
    ['console.log("nothing of ours")', 'without an answer'],
  ])('says how it ended where it says nothing itself', async (program, says) => {
    await threeMigrations();
    await writeFile(join(folder, 'program.mjs'), program);
    await expect(
      open({}, join(folder, 'program.mjs')).validate(run('2_email.sql').asked),
    ).rejects.toMatchObject({ message: expect.stringContaining(says) as string });
  });
});

describePostgres('a migration that is tried on a real server', { timeout: 120_000 }, () => {
  let postgres: PostgresProcess;
  beforeAll(async () => {
    postgres = await startPostgres();
    await postgres.query(
      "create table users (id int primary key, name text); insert into users values (1, 'Ada')",
    );
  }, 120_000);
  afterAll(() => postgres.dispose());

  it('is tried on a copy of it, whose address stands in the variable', async () => {
    await threeMigrations();
    vi.stubEnv('TRY_ON', postgres.url);
    vi.stubEnv('PATH', `${postgres.programs}:${process.env['PATH'] ?? ''}`);
    const { verdict, checks } = await open({ databaseUrlEnv: 'TRY_ON' }).validate(run('2_email.sql').asked);
    expect([verdict, checks[2]?.sentence]).toEqual(['passed', expect.stringContaining('a copy of')]);
    expect(await postgres.query('select datname from pg_database where not datistemplate')).toBe('postgres');
    expect(
      await postgres.query("select count(*) from information_schema.columns where table_name = 'users'"),
    ).toBe('2');
  });
});
