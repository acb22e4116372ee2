import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../../../../src/lib/core/Clock.js';
import type { CheckResult } from '../../../../../src/lib/deployments/checks/CheckResult.js';
import { defaultLimits } from '../../../../../src/lib/deployments/migrations/sql/performance.js';
import { openScratch } from '../../../../../src/lib/deployments/migrations/sql/scratch.js';
import { validateSql } from '../../../../../src/lib/deployments/migrations/sql/validateSql.js';
import { childModule } from '../../../../support/child.js';
import { describePostgres } from '../../../../support/postgres/available.js';
import { startPostgres, type PostgresProcess } from '../../../../support/postgres/server.js';
import { until } from '../../../../support/redis/until.js';

describePostgres('a migration on a copy of a real database', { timeout: 120_000 }, () => {
  let postgres: PostgresProcess;
  let folder: string;
  const others: Client[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    folder = await mkdtemp(join(tmpdir(), 'scratch-test-'));
    await postgres.query(
      `create table users (id integer primary key, name text);
       insert into users select n, 'user ' || n from generate_series(1, 1000) n;`,
    );
  }, 120_000);

  afterEach(async () => {
    await Promise.all(others.splice(0).map((client) => client.end()));
    expect(await databases()).toBe('postgres');
    expect(await postgres.query('select count(*), max(name) from users')).toBe('1000|user 999');
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await postgres.dispose();
  });

  const databases = () =>
    postgres.query('select datname from pg_database where not datistemplate order by 1');

  async function other(...statements: readonly string[]): Promise<Client> {
    const client = new Client({ connectionString: postgres.url, application_name: 'the report' });
    await client.connect();
    others.push(client);
    for (const statement of statements) await client.query(statement);
    return client;
  }

  async function validate(
    up: string,
    down: string,
    {
      url = postgres.url,
      lockMs = 60_000,
      limitMs = 60_000,
      programs = postgres.programs,
      backupFile = undefined as string | undefined,
      signal = undefined as AbortSignal | undefined,
    } = {},
  ) {
    const report = await validateSql(
      { up: { file: 'up.sql', sql: up }, down: { file: 'down.sql', sql: down } },
      {
        open: () => openScratch({ databaseUrl: url, programs, limitMs, backupFile, signal }),
        limits: { ...defaultLimits, lockMs },
        realTime: systemClock,
      },
    );
    const check = (name: string): CheckResult => {
      const found = report.checks.find((one) => one.name === name);
      if (found === undefined) throw new Error(`there is no check "${name}"`);
      return found;
    };
    return { report, check };
  }

  const addColumn = 'alter table users add column email text';
  const dropColumn = 'alter table users drop column email';

  it('passes, measures the locks, keeps the backup where it is asked for', async () => {
    const backupFile = join(folder, 'kept.dump');
    const { report, check } = await validate(
      `begin; ${addColumn}; commit; create index concurrently i on users (name);`,
      `drop index i; ${dropColumn}`,
      { backupFile },
    );
    expect(report.checks.map(({ verdict }) => verdict)).toEqual(Array(5).fill('passed'));
    expect(check('performance impact').evidence).toEqual([
      expect.stringMatching(
        /^line 1: AccessExclusiveLock on public\.users for \d+ ms; reads and writes wait$/,
      ),
    ]);
    expect(check('backup').sentence).toContain(`It stays in ${backupFile}.`);
    expect((await readFile(backupFile)).subarray(0, 5).toString()).toBe('PGDMP');
  });

  it('fails a lock that holds everyone up for longer than is allowed', async () => {
    const { check } = await validate(`begin;\n${addColumn};\nselect pg_sleep(0.4);\ncommit;`, dropColumn, {
      lockMs: 300,
    });
    expect(check('performance impact').verdict).toBe('failed');
    expect(check('performance impact').sentence).toContain('others wait longer than 300 ms');
    const [line = ''] = check('performance impact').evidence;
    expect(line).toMatch(/^line 2: AccessExclusiveLock on public\.users for \d+ ms/);
    expect(Number(/for (\d+) ms/.exec(line)?.[1])).toBeGreaterThanOrEqual(400);
    expect(check('rollback script').verdict).toBe('passed');
  });

  it('names who, on the live database, the migration would have to wait for', async () => {
    await other('begin', 'update users set name = name where id = 1');
    const age =
      "select 1 from pg_stat_activity where application_name = 'the report' and clock_timestamp() - xact_start > '1 s'";
    await until(
      'its transaction is old enough to count',
      async () => (await postgres.query(age)) || undefined,
      60_000,
    );
    const { check } = await validate(addColumn, dropColumn);
    const found = check('performance impact');
    expect(found.verdict).toBe('failed');
    expect(found.sentence).toContain('somebody on the live database is in its way now');
    expect(found.evidence.at(-1)).toMatch(
      /^the report \(process \d+\), idle in transaction for \d+ s, holds RowExclusiveLock on public\.users: the migration would wait/,
    );
  });

  it('says so where a lock lets nobody make a backup', async () => {
    await other('begin', 'lock table users in access exclusive mode');
    const { check } = await validate(addColumn, dropColumn);
    expect(check('backup').verdict).toBe('failed');
    expect(check('backup').sentence).toBe(
      'The backup cannot be made: somebody holds a lock on public.users for longer than 5 s. Wait until that transaction is over, or end it, and try again.',
    );
  });

  it('ends a statement that never ends', async () => {
    const { check } = await validate('select 1;\nselect pg_sleep(600)', 'select 1', { limitMs: 3_000 });
    expect(check('dry run').sentence).toContain('up.sql:2: canceling statement due to statement timeout');
  });

  it('says in a sentence that the database is away, refuses us, or is none', async () => {
    const said = async (url: string) => (await validate('select 1', 'select 1', { url })).check('backup');
    expect(await said('postgresql://bot:secret@127.0.0.1:1/postgres')).toMatchObject({ verdict: 'failed' });
    expect((await said('postgresql://bot:secret@127.0.0.1:1/postgres')).sentence).toMatch(
      /^postgres at 127\.0\.0\.1 does not answer: connect ECONNREFUSED/,
    );
    expect((await said(postgres.url.replace(/postgres$/, 'nowhere'))).sentence).toContain(
      'database "nowhere" does not exist',
    );
    expect((await said('mysql://x/y')).sentence).toContain('none of a PostgreSQL');
    await postgres.query("create role modest login password 'x'; grant select on users to modest");
    const modest = await said(postgres.url.replace('bot@', 'modest@'));
    expect(modest.sentence).toContain('ALTER ROLE … CREATEDB');
    await postgres.query('revoke select on users from modest; drop role modest');
  });

  it('says where pg_dump is missing', async () => {
    const { check } = await validate('select 1', 'select 1', { programs: folder });
    expect(check('backup').sentence).toContain('pg_dump could not be started: there is no such program');
  });

  it('drops its copy also where it is interrupted in the middle', async () => {
    const aborter = new AbortController();
    const running = validate('select pg_sleep(600)', 'select 1', { signal: aborter.signal });
    const sleeping =
      "select 1 from pg_stat_activity where query = 'select pg_sleep(600)' and state = 'active'";
    await until('the copy is at work', async () => (await postgres.query(sleeping)) || undefined, 60_000);
    aborter.abort();
    const { check } = await running;
    expect(check('dry run')).toMatchObject({ verdict: 'failed' });
  });

  it('a process that was killed leaves a copy that the next one drops, and never one that is in use', async () => {
    const options = { databaseUrl: postgres.url, programs: postgres.programs, limitMs: 60_000 };
    const inUse = await openScratch(options);
    await inUse.backUpAndCopy();
    await postgres.query('create database beside');
    const besides = await openScratch({
      ...options,
      databaseUrl: postgres.url.replace(/postgres$/, 'beside'),
    });
    await besides.backUpAndCopy();
    const module = await childModule(
      join(import.meta.dirname, '../../../../support/postgres/leavesItsCopy.ts'),
    );
    const child = module.start(options.databaseUrl, options.programs);
    await until('the copy is made', async () => child.said[0], 60_000);
    await child.kill();
    await module.dispose();
    expect((await databases()).split('\n')).toHaveLength(5);
    await until(
      'the copy of the killed one is gone',
      async () => {
        await validate('select 1', 'select 1');
        return (await databases()).split('\n').length === 4 ? true : undefined;
      },
      60_000,
    );
    await inUse.close();
    await besides.close();
    await postgres.query('drop database beside');
  });
});
