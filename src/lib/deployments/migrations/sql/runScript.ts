/** Runs a script as a person would, statement by statement, and measures what each does to what was there before. */
import type { Clock } from '../../../core/Clock.js';
import { ScriptFailed } from '../errors.js';
import type { Database, TableLock } from './Database.js';
import { reachesBeyond, runsAlone, transactionPart } from './facts.js';
import type { Script, Statement } from './parse.js';

export interface StatementRun {
  readonly statement: Statement;
  /** ms of real time. */
  readonly tookMs: number;
  /** Rows inserted, updated or deleted. */
  readonly written: number;
  /** Tables that were there before and are stored anew, row by row. */
  readonly rewritten: readonly string[];
}

/** A lock that makes others wait: from the statement that took it to the end of its transaction. */
export interface HeldLock extends TableLock {
  readonly line: number;
  /** ms of real time. */
  readonly heldMs: number;
}

export interface ScriptRun {
  readonly statements: readonly StatementRun[];
  readonly locks: readonly HeldLock[];
  readonly tookMs: number;
}

const filesQuery = `
  select c.oid::text as id, n.nspname || '.' || c.relname as name, pg_relation_filenode(c.oid)::text as file
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'm') and c.relpersistence <> 't' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'`;
const locksQuery = `
  select relation::text as id, mode from pg_locks
  where pid = pg_backend_pid() and granted and locktype = 'relation'
    and mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')`;

interface Table {
  readonly name: string;
  readonly file: string;
}

/** @throws {ScriptFailed} with the statement's line and PostgreSQL's words */
export async function runScript(database: Database, script: Script, realTime: Clock): Promise<ScriptRun> {
  const before = await tablesOf(database);
  const run = new Running(database, script, before, realTime);
  const begun = realTime.now();
  for (const statement of script.statements) await run.next(statement);
  await run.end();
  return { statements: run.statements, locks: run.locks, tookMs: realTime.now() - begun };
}

class Running {
  public readonly statements: StatementRun[] = [];
  public readonly locks: HeldLock[] = [];
  /** In the transaction that is open: key -> when and by which line it was first taken. */
  private readonly held = new Map<string, { lock: TableLock; line: number; since: number }>();
  private isOpen = false;
  private tables: ReadonlyMap<string, Table>;

  public constructor(
    private readonly database: Database,
    private readonly script: Script,
    private readonly before: ReadonlyMap<string, Table>,
    private readonly realTime: Clock,
  ) {
    this.tables = before;
  }

  public async next(statement: Statement): Promise<void> {
    if (reachesBeyond(statement))
      throw this.failure(statement, 'it changes more than this database, so it cannot be tried on a copy');
    const part = transactionPart(statement);
    // A transaction of its own is what a single statement has anyway; open, it shows its locks.
    const isWrapped = !this.isOpen && part === undefined && !runsAlone(statement);
    if (isWrapped) await this.database.query('begin');
    const since = this.realTime.now();
    const { written } = await this.database.query(statement.text).catch(async (error: unknown) => {
      throw this.failure(statement, error instanceof Error ? error.message : String(error), error);
    });
    const tookMs = this.realTime.now() - since;
    if (part !== undefined) this.isOpen = part === 'begin';
    if (this.isOpen || isWrapped) await this.noteLocks(statement, since);
    if (isWrapped) await this.database.query('commit');
    if (!this.isOpen) this.letGo();
    this.statements.push({ statement, tookMs, written, rewritten: await this.rewritten(statement) });
  }

  public async end(): Promise<void> {
    if (!this.isOpen) return;
    await this.database.query('rollback');
    throw new ScriptFailed(`${this.script.file} begins a transaction and does not end it.`, {
      next: 'Write COMMIT at its end.',
    });
  }

  private async noteLocks({ line }: Statement, since: number): Promise<void> {
    for (const { id, mode } of (await this.database.query(locksQuery)).rows) {
      const table = this.before.get(String(id))?.name;
      const key = `${String(id)} ${String(mode)}`;
      if (table !== undefined && !this.held.has(key))
        this.held.set(key, { lock: { table, mode: String(mode) }, line, since });
    }
  }

  private letGo(): void {
    const now = this.realTime.now();
    for (const { lock, line, since } of this.held.values())
      this.locks.push({ ...lock, line, heldMs: now - since });
    this.held.clear();
  }

  private async rewritten({ kind }: Statement): Promise<readonly string[]> {
    const was = this.tables;
    this.tables = await tablesOf(this.database);
    // TRUNCATE gives a table a new file, too, but writes no row.
    if (kind === 'TruncateStmt') return [];
    return [...this.tables].flatMap(([id, { file }]) => {
      const known = was.get(id);
      const isOld = this.before.has(id) && known !== undefined;
      return isOld && known.file !== file ? [this.before.get(id)?.name ?? known.name] : [];
    });
  }

  private failure({ line, text }: Statement, why: string, cause?: unknown): ScriptFailed {
    const shown = text.replaceAll(/\s+/g, ' ').slice(0, 120);
    return new ScriptFailed(`${this.script.file}:${line}: ${why}. The statement: ${shown}`, { cause });
  }
}

async function tablesOf(database: Database): Promise<ReadonlyMap<string, Table>> {
  const { rows } = await database.query(filesQuery);
  return new Map(rows.map(({ id, name, file }) => [String(id), { name: String(name), file: String(file) }]));
}
