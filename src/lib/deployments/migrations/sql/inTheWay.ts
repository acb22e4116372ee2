/** Who, on the live database, would make a migration wait: and everyone else behind it, for its lock is queued before theirs. */
import type { Database, TableLock } from './Database.js';

/** PostgreSQL's table of conflicts (documentation, 13.3.1 Table-Level Locks), for the modes that a migration blocks others by. */
const conflicts: Readonly<Record<string, readonly string[]>> = {
  ShareLock: [
    'RowExclusiveLock',
    'ShareUpdateExclusiveLock',
    'ShareRowExclusiveLock',
    'ExclusiveLock',
    'AccessExclusiveLock',
  ],
  ShareRowExclusiveLock: [
    'RowExclusiveLock',
    'ShareUpdateExclusiveLock',
    'ShareLock',
    'ShareRowExclusiveLock',
    'ExclusiveLock',
    'AccessExclusiveLock',
  ],
  ExclusiveLock: [
    'RowShareLock',
    'RowExclusiveLock',
    'ShareUpdateExclusiveLock',
    'ShareLock',
    'ShareRowExclusiveLock',
    'ExclusiveLock',
    'AccessExclusiveLock',
  ],
  AccessExclusiveLock: [
    'AccessShareLock',
    'RowShareLock',
    'RowExclusiveLock',
    'ShareUpdateExclusiveLock',
    'ShareLock',
    'ShareRowExclusiveLock',
    'ExclusiveLock',
    'AccessExclusiveLock',
  ],
};

/** Shorter ones are the daily traffic, and are over before the migration notices them. */
const oldMs = 1_000;

const query = `
  select distinct n.nspname || '.' || c.relname as table, l.mode, l.pid::text, coalesce(a.application_name, '') as program,
    coalesce(a.state, '?') as state, round(extract(epoch from clock_timestamp() - a.xact_start) * 1000)::text as age
  from pg_locks l join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace
    join pg_stat_activity a on a.pid = l.pid
  where l.granted and l.locktype = 'relation' and l.pid <> pg_backend_pid() and a.xact_start is not null
    and l.database = (select oid from pg_database where datname = current_database())`;

/** The longest first. */
export async function inTheWayOf(live: Database, locks: readonly TableLock[]): Promise<readonly string[]> {
  if (locks.length === 0) return [];
  const { rows } = await live.query(query);
  const oldestFirst = [...rows].sort((a, b) => Number(b['age']) - Number(a['age']));
  return oldestFirst.flatMap(({ table, mode, pid, program, state, age }) => {
    const waits = locks.some((lock) => lock.table === table && conflicts[lock.mode]?.includes(String(mode)));
    if (!waits || Number(age) < oldMs) return [];
    const who = program === '' ? `process ${String(pid)}` : `${String(program)} (process ${String(pid)})`;
    const seconds = Math.round(Number(age) / 1000);
    return [
      `${who}, ${String(state)} for ${seconds} s, holds ${String(mode)} on ${String(table)}: the migration would wait for it, and everyone else behind the migration`,
    ];
  });
}
