import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../../src/lib/core/Clock.js';
import type { CheckResult } from '../../../../../src/lib/deployments/checks/CheckResult.js';
import { openEmbedded } from '../../../../../src/lib/deployments/migrations/sql/embedded.js';
import { defaultLimits } from '../../../../../src/lib/deployments/migrations/sql/performance.js';
import { validateSql } from '../../../../../src/lib/deployments/migrations/sql/validateSql.js';

const base = `
  create table users (id integer primary key, name text not null, email text);
  insert into users select n, 'user ' || n, n || '@example.org' from generate_series(1, 50) n;
  create table empty (id integer primary key, note text);`;

async function validate(up: string, down: string | undefined, { rows = 100_000, sql = base } = {}) {
  const report = await validateSql(
    {
      up: { file: 'up.sql', sql: up },
      down: down === undefined ? undefined : { file: 'down.sql', sql: down },
    },
    {
      open: () => openEmbedded([{ file: 'base.sql', sql }]),
      limits: { ...defaultLimits, rows },
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

describe('a migration on the embedded PostgreSQL', { timeout: 120_000 }, () => {
  it('passes where its rollback script brings schema and data back', async () => {
    const { report, check } = await validate(
      `alter table users add column shown text;
       update users set shown = name;
       create index concurrently users_shown on users (shown);`,
      'drop index users_shown; alter table users drop column shown;',
    );
    expect(report.checks.map(({ name, verdict }) => `${name}: ${verdict}`)).toEqual([
      'syntax: passed',
      'backup: passed',
      'dry run: passed',
      'performance impact: passed',
      'rollback script: passed',
    ]);
    expect(report.verdict).toBe('passed');
    expect(check('backup').sentence).toContain('2 tables with 50 rows');
    expect(check('performance impact').evidence).toEqual([
      'line 2: writes rows, 50 rows',
      'locks: not assessed, since nobody else is on the embedded one',
    ]);
  });

  it('names file, line and column of what is no SQL, and tries nothing', async () => {
    const { report, check } = await validate('select 1;\n-- é\nalter tabel users add x int;', 'select 1');
    expect(check('syntax').sentence).toMatch(/^up\.sql:3:7: syntax error at or near "tabel"\./);
    expect(report.checks.slice(1).every(({ verdict }) => verdict === 'not-run')).toBe(true);
    expect((await validate('select 1', 'drop')).check('syntax').sentence).toMatch(/^down\.sql:1:/);
  });

  it('fails a dropped column that its rollback makes again without what was in it', async () => {
    const { report, check } = await validate(
      'alter table users drop column email',
      'alter table users add column email text',
    );
    expect(report.verdict).toBe('failed');
    expect(check('rollback script').verdict).toBe('failed');
    expect(check('rollback script').evidence).toEqual([
      'data of public.users: 50 rows as before, but not the same in them',
      'line 1 drops the column users.email: cannot be undone by the script',
    ]);
  });

  it('passes the same drop where the values were kept, in spite of the column standing last now', async () => {
    const { check } = await validate(
      `create table kept as select id, name from users;
       alter table users drop column name;`,
      `alter table users add column name text;
       update users set name = kept.name from kept where kept.id = users.id;
       alter table users alter column name set not null;
       drop table kept;`,
    );
    expect(check('rollback script')).toMatchObject({
      verdict: 'passed',
      evidence: ['column order public.users: was "id, name, email", is "id, email, name"'],
    });
  });

  it('does not take a drop without rows for one that was undone', async () => {
    const { report, check } = await validate(
      'alter table empty drop column note',
      'alter table empty add column note text',
    );
    expect(check('rollback script').verdict).toBe('unknown');
    expect(check('rollback script').evidence).toEqual([
      'line 1 drops the column empty.note, which had no rows',
    ]);
    expect(report.verdict).toBe('failed');
  });

  it('names what a rollback forgot and what it left behind', async () => {
    const { check } = await validate(
      `create type mood as enum ('good', 'bad');
       create view named as select id, name from users;
       alter table users alter column email set default 'none', add constraint short check (length(name) < 99);`,
      'alter table users drop constraint short',
    );
    expect(check('rollback script').evidence).toEqual([
      'column public.named.id: still there after the rollback',
      'column public.named.name: still there after the rollback',
      `column public.users.email: was "text", is "text default 'none'::text"`,
      'type public.mood: still there after the rollback',
      expect.stringMatching(/^view public\.named: still there/),
    ]);
  });

  it('fails without a rollback script, and says what could never be had back', async () => {
    const { check } = await validate('drop table users', undefined);
    expect(check('rollback script')).toMatchObject({
      verdict: 'failed',
      evidence: ['line 1 drops the table users: would be lost'],
    });
  });

  it('says the statement that does not run, with its line', async () => {
    const { check } = await validate(
      'begin;\nalter table users add column a int;\nalter table nobody add column b int;\ncommit;',
      'select 1',
    );
    expect(check('dry run')).toMatchObject({ verdict: 'failed' });
    expect(check('dry run').sentence).toMatch(/^up\.sql:3: relation "nobody" does not exist\./);
    expect(check('rollback script').verdict).toBe('not-run');
  });

  it('refuses a transaction without an end', async () => {
    const open = await validate('begin; alter table users add column a int;', 'select 1');
    expect(open.check('dry run').sentence).toContain('begins a transaction and does not end it');
  });

  it('counts the rows that a change of type rewrites and that a blocking index holds up', async () => {
    const { check } = await validate(
      'alter table users alter column id type bigint;\ncreate index names on users (name);\ntruncate empty;',
      'drop index names; alter table users alter column id type integer;',
      { rows: 49 },
    );
    expect(check('performance impact')).toMatchObject({ verdict: 'failed' });
    expect(check('performance impact').sentence).toContain('more than 49 rows are written in one go');
    expect(check('performance impact').evidence).toEqual([
      'line 1: rewrites all of public.users, 50 rows',
      'line 2: nobody may write to public.users while the index is built, 50 rows',
      'locks: not assessed, since nobody else is on the embedded one',
    ]);
  });

  it('says where the schema to begin with cannot be read', async () => {
    const { check } = await validate('select 1', 'select 1', { sql: 'copy users (id) from stdin;' });
    expect(check('backup').sentence).toContain(
      'base.sql:1: COPY is not read here. Dump with pg_dump --inserts',
    );
    expect(
      (await validate('select 1', 'select 1', { sql: '\\restrict abc\nalter table x owner to y;' })).check(
        'backup',
      ).sentence,
    ).toContain('cannot be applied to an empty database');
  });
});
