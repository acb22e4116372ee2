/** What a migration costs whoever uses the database meanwhile. */
import { failed, passed, type Finding } from '../../checks/CheckResult.js';
import type { TableData } from './captured.js';
import type { Workbench } from './Database.js';
import { blockingIndexOn } from './facts.js';
import type { HeldLock, ScriptRun } from './runScript.js';

export interface PerformanceLimits {
  /** The longest that a lock may make others wait, ms. */
  readonly lockMs: number;
  /** The most rows that may be written in one go, by a rewrite, a statement, or into an index that blocks. */
  readonly rows: number;
}

export const defaultLimits: PerformanceLimits = { lockMs: 1_000, rows: 100_000 };

/** @param data as it stood before: how many rows each table has */
export async function assess(
  run: ScriptRun,
  data: ReadonlyMap<string, TableData>,
  workbench: Pick<Workbench, 'kind' | 'inTheWayOf'>,
  limits: PerformanceLimits,
): Promise<Finding> {
  const writes = writesOf(run, data);
  const isReal = workbench.kind === 'postgresql';
  const waiting = isReal ? await workbench.inTheWayOf(run.locks) : [];
  const slow = run.locks.filter(({ heldMs }) => heldMs > limits.lockMs);
  const large = writes.filter(({ rows }) => rows > limits.rows);
  const evidence = [
    ...writes.map(({ line, what, rows }) => `line ${line}: ${what}, ${rows} rows`),
    ...(isReal ? run.locks.map(lockLine) : ['locks: not assessed, since nobody else is on the embedded one']),
    ...waiting,
  ];
  const problems = [
    ...(slow.length > 0 && isReal ? [`others wait longer than ${limits.lockMs} ms`] : []),
    ...(large.length > 0 ? [`more than ${limits.rows} rows are written in one go`] : []),
    ...(waiting.length > 0 ? ['somebody on the live database is in its way now'] : []),
  ];
  const took = `It took ${run.tookMs} ms`;
  if (problems.length > 0)
    return failed(
      `${took}, but ${problems.join(', and ')}. Split it into small steps, build indexes CONCURRENTLY, and wait for who is in the way.`,
      evidence,
    );
  const rewrites = writes.filter(({ isRewrite }) => isRewrite).length;
  const locks = isReal
    ? `no lock made others wait longer than ${limits.lockMs} ms`
    : 'locks were not assessed';
  return passed(`${took}, ${rewrites} full-table rewrites, ${locks}.`, evidence);
}

interface Write {
  readonly line: number;
  readonly what: string;
  readonly rows: number;
  readonly isRewrite: boolean;
}

function writesOf(run: ScriptRun, data: ReadonlyMap<string, TableData>): readonly Write[] {
  return run.statements.flatMap(({ statement, written, rewritten }) => {
    const { line } = statement;
    const index = blockingIndexOn(statement);
    const indexed = index === undefined ? undefined : tableCalled(index, data);
    return [
      ...rewritten.map((table) => ({
        ...{ line, what: `rewrites all of ${table}`, isRewrite: true },
        rows: data.get(table)?.rows ?? 0,
      })),
      ...(indexed === undefined
        ? []
        : [
            {
              line,
              what: `nobody may write to ${indexed[0]} while the index is built`,
              rows: indexed[1].rows,
              isRewrite: false,
            },
          ]),
      ...(written > 0 ? [{ line, what: 'writes rows', rows: written, isRewrite: false }] : []),
    ];
  });
}

/** A script may leave the schema out. Undefined: the table is the migration's own. */
export function tableCalled(
  name: string,
  data: ReadonlyMap<string, TableData>,
): readonly [string, TableData] | undefined {
  const exact = data.get(name);
  if (exact !== undefined) return [name, exact];
  if (name.includes('.')) return undefined;
  return [...data].find(([table]) => table.slice(table.indexOf('.') + 1) === name);
}

const whoWaits: Readonly<Record<string, string>> = {
  AccessExclusiveLock: 'reads and writes',
  ExclusiveLock: 'writes and SELECT … FOR UPDATE',
  ShareRowExclusiveLock: 'writes',
  ShareLock: 'writes',
};

function lockLine({ table, mode, line, heldMs }: HeldLock): string {
  return `line ${line}: ${mode} on ${table} for ${heldMs} ms; ${whoWaits[mode] ?? 'others'} wait`;
}
