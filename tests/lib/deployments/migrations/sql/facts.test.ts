import { describe, expect, it } from 'vitest';
import {
  blockingIndexOn,
  lossesOf,
  reachesBeyond,
  runsAlone,
} from '../../../../../src/lib/deployments/migrations/sql/facts.js';
import { parseScript, type Statement } from '../../../../../src/lib/deployments/migrations/sql/parse.js';

async function only(sql: string): Promise<Statement> {
  const [statement, ...more] = (await parseScript(sql, 'x.sql')).statements;
  if (statement === undefined || more.length > 0) throw new Error(`not one statement: ${sql}`);
  return statement;
}

describe('what a statement tells before it runs', () => {
  it.each([
    'drop database live',
    'create database more',
    "copy users to program 'cat'",
    "copy users from '/etc/passwd'",
    'create role boss superuser',
    'grant boss to me',
    'alter system set work_mem = 1',
    'alter database live set work_mem = 1',
    "load 'x'",
  ])('%s reaches beyond the copy', async (sql) => {
    expect(reachesBeyond(await only(sql))).toBe(true);
  });

  it.each(['copy users to stdout', 'alter table a add column b int', 'grant select on a to b'])(
    '%s does not',
    async (sql) => {
      expect(reachesBeyond(await only(sql))).toBe(false);
    },
  );

  it.each([
    'create index concurrently i on t (x)',
    'drop index concurrently i',
    'reindex index concurrently i',
    'vacuum t',
    'alter table t detach partition p concurrently',
  ])('%s runs outside of a transaction', async (sql) => {
    expect(runsAlone(await only(sql))).toBe(true);
  });

  it('knows an index that holds writers up from one that does not', async () => {
    expect(blockingIndexOn(await only('create unique index i on app.t (x)'))).toBe('app.t');
    expect(blockingIndexOn(await only('create index concurrently i on t (x)'))).toBeUndefined();
    expect(runsAlone(await only('create index i on t (x)'))).toBe(false);
  });

  it.each([
    ['drop table a.b, c', ['drops the table a.b', 'drops the table c']],
    ['drop schema a cascade', ['drops a schema with all that is in it']],
    ['truncate a, b', ['empties the table a', 'empties the table b']],
    ['delete from a', ['deletes rows of a']],
    ['update a set x = 1, y = 2', ['overwrites the column a.x', 'overwrites the column a.y']],
    [
      'alter table a drop column x, alter column y type int',
      ['drops the column a.x', 'changes the type of a.y'],
    ],
    ['drop index i', []],
    ['drop view v', []],
    ['insert into a values (1)', []],
  ])('%s throws away %j', async (sql, losses) => {
    expect(lossesOf(await only(sql)).map(({ what }) => what)).toEqual(losses);
  });

  it('finds each statement with its line, past comments and letters of several bytes', async () => {
    const { statements } = await parseScript(
      "-- é\nselect 'é';\n\n/* two\nlines */ select 2; select 3",
      'x.sql',
    );
    expect(statements.map(({ line, text }) => [line, text.slice(-8)])).toEqual([
      [2, "lect 'é'"],
      [5, 'select 2'],
      [5, 'select 3'],
    ]);
  });

  it('refuses a script that says nothing', async () => {
    await expect(parseScript('-- later\n', 'x.sql')).rejects.toThrow('x.sql holds no statement.');
  });
});
