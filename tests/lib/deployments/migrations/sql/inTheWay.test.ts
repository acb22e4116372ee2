import { expect, it } from 'vitest';
import { inTheWayOf } from '../../../../../src/lib/deployments/migrations/sql/inTheWay.js';

const lock = { table: 'public.guilds', mode: 'AccessExclusiveLock' };
const holder = (pid: number, age: number, change: object = {}) => ({
  ...{ table: 'public.guilds', mode: 'AccessShareLock', pid: String(pid), program: '', state: 'active' },
  ...{ age: String(age), ...change },
});
const found = (...rows: object[]) =>
  inTheWayOf({ query: async () => ({ rows, written: 0 }) } as never, [lock]);

it('whoever has held a lock for the longest is named first', async () => {
  const said = await found(holder(1, 9_000), holder(2, 120_000), holder(3, 30_000));
  expect(said.map((text) => /process \d/.exec(text)?.[0])).toEqual(['process 2', 'process 3', 'process 1']);
});

it('other tables, locks that do not matter, and daily traffic are not in the way', async () => {
  expect(await found(holder(1, 9_000, { table: 'public.other' }), holder(2, 900))).toEqual([]);
});
