/** A database's schema and data in a form that two moments can be compared by; the same for every PostgreSQL from 12 on. */
import type { Database } from './Database.js';
import { shapeQuery } from './shapeQuery.js';

export interface Captured {
  /** `column public.users.email` -> how it is defined. */
  readonly shape: ReadonlyMap<string, string>;
  /** `public.users` -> how many rows, and a sum over their hashes, which knows no order. */
  readonly data: ReadonlyMap<string, TableData>;
}

export interface TableData {
  readonly rows: number;
  readonly digest: string;
}

export async function capture(database: Database): Promise<Captured> {
  const { rows } = await database.query(shapeQuery);
  const shape = new Map(rows.map(({ what, definition }) => [String(what), text(definition)]));
  return { shape, data: await captureData(database) };
}

/** Columns in the order of their names: where a column stands in the table says nothing about the data. */
const columnsQuery = `
  select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted, n.nspname || '.' || c.relname as name,
    coalesce(string_agg(quote_ident(a.attname), ', ' order by a.attname), '') as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
  group by 1, 2 order by 2`;

async function captureData(database: Database): Promise<ReadonlyMap<string, TableData>> {
  const data = new Map<string, TableData>();
  for (const { quoted, name, columns } of (await database.query(columnsQuery)).rows) {
    const { rows } = await database.query(
      `select count(*)::text as rows, coalesce(sum(hashtextextended(row(${text(columns)})::text, 0)::numeric), 0)::text as digest from ${text(quoted)}`,
    );
    data.set(text(name), { rows: Number(rows[0]?.['rows']), digest: text(rows[0]?.['digest']) });
  }
  return data;
}

export interface Difference {
  /** What a rollback should have undone and did not. */
  readonly real: readonly string[];
  /** Differs, but breaks nothing that names its columns. */
  readonly harmless: readonly string[];
}

/** From what stood before the migration to what stands after the rollback. */
export function differences(before: Captured, after: Captured): Difference {
  const shape = shapeDifferences(before.shape, after.shape);
  const isOrder = (line: string): boolean => line.startsWith('column order ');
  return {
    real: [...shape.filter((line) => !isOrder(line)), ...dataDifferences(before.data, after.data)],
    harmless: shape.filter(isOrder),
  };
}

function shapeDifferences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((what) => {
    const [was, is] = [before.get(what), after.get(what)];
    if (was === is) return [];
    if (was !== undefined && is !== undefined) return [`${what}: was ${shortened(was)}, is ${shortened(is)}`];
    // A whole table that is gone, or too much, is said by the table itself.
    if (what.startsWith('column order ')) return [];
    return [`${what}: ${is === undefined ? 'missing' : 'still there'} after the rollback`];
  });
}

function dataDifferences(
  before: ReadonlyMap<string, TableData>,
  after: ReadonlyMap<string, TableData>,
): readonly string[] {
  return [...before].flatMap(([table, was]) => {
    const is = after.get(table);
    if (is === undefined || (is.rows === was.rows && is.digest === was.digest)) return [];
    return is.rows === was.rows
      ? [`data of ${table}: ${was.rows} rows as before, but not the same in them`]
      : [`data of ${table}: ${was.rows} rows before, ${is.rows} after`];
  });
}

function shortened(definition: string): string {
  const line = definition.replaceAll(/\s+/g, ' ');
  return line.length <= 160 ? `"${line}"` : `"${line.slice(0, 159)}…"`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
