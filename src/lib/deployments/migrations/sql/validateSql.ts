/** The five checks of a migration in SQL, on a copy; the live database is read and never written. */
import { count } from '../../../core/count.js';
import type { Clock } from '../../../core/Clock.js';
import {
  failed,
  passed,
  reportOf,
  unknown,
  type ChecksReport,
  type Finding,
} from '../../checks/CheckResult.js';
import { runChecks, type CheckNews } from '../../checks/runChecks.js';
import { NoCopy } from '../errors.js';
import { capture, differences, type Captured } from './captured.js';
import type { Database, Workbench } from './Database.js';
import { lossesOf, type Loss } from './facts.js';
import { parseScript, type Script } from './parse.js';
import { rollbackOf } from './fileNames.js';
import { assess, tableCalled, type PerformanceLimits } from './performance.js';
import { runScript, type ScriptRun } from './runScript.js';

export interface SqlMigration {
  readonly up: { readonly file: string; readonly sql: string };
  /** Undefined: there is no way back, and that is what the check will say. */
  readonly down: { readonly file: string; readonly sql: string } | undefined;
}

export interface SqlValidation {
  /** Opened only where the syntax is right; closed whatever happens. */
  readonly open: () => Promise<Workbench>;
  readonly limits: PerformanceLimits;
  readonly realTime: Clock;
  readonly onNews?: (news: CheckNews) => void;
}

export async function validateSql(migration: SqlMigration, validation: SqlValidation): Promise<ChecksReport> {
  const trial = new Trial(migration, validation);
  try {
    const checks = await runChecks(
      [
        { name: 'syntax', run: () => trial.syntax(), isNeeded: true },
        { name: 'backup', run: () => trial.backup(), isNeeded: true },
        { name: 'dry run', run: () => trial.dryRun(), isNeeded: true },
        { name: 'performance impact', run: () => trial.performance() },
        { name: 'rollback script', run: () => trial.rollback() },
      ],
      validation.realTime,
      validation.onNews,
    );
    return reportOf(`migration ${migration.up.file}`, checks);
  } finally {
    await trial.close();
  }
}

class Trial {
  private up: Script | undefined;
  private down: Script | undefined;
  private workbench: Workbench | undefined;
  private copy: Database | undefined;
  private before: Captured | undefined;
  private ran: ScriptRun | undefined;

  public constructor(
    private readonly migration: SqlMigration,
    private readonly validation: SqlValidation,
  ) {}

  public async syntax(): Promise<Finding> {
    const { up, down } = this.migration;
    this.up = await parseScript(up.sql, up.file);
    if (down !== undefined) this.down = await parseScript(down.sql, down.file);
    const back = this.down === undefined ? '' : `, ${this.down.statements.length} in the rollback script`;
    return passed(`${count(this.up.statements.length, 'statement')}${back}, all of them SQL.`);
  }

  public async backup(): Promise<Finding> {
    this.workbench = await this.validation.open();
    const { copy, bytes, file } = await this.workbench.backUpAndCopy();
    this.copy = copy;
    this.before = await capture(copy);
    const rows = [...this.before.data.values()].reduce((sum, table) => sum + table.rows, 0);
    const where = file === undefined ? 'It was for this check only.' : `It stays in ${file}.`;
    return passed(
      `A backup of ${bytes} bytes was made and read back: ${count(this.before.data.size, 'table')} with ${count(rows, 'row')}. ${where}`,
    );
  }

  public async dryRun(): Promise<Finding> {
    this.ran = await runScript(there(this.copy), there(this.up), this.validation.realTime);
    const { statements, tookMs } = this.ran;
    return passed(
      `${count(statements.length, 'statement')} ran on ${this.workbench?.name ?? 'a copy'} in ${tookMs} ms.`,
    );
  }

  public performance(): Promise<Finding> {
    const { data } = there(this.before);
    return assess(there(this.ran), data, there(this.workbench), this.validation.limits);
  }

  public async rollback(): Promise<Finding> {
    if (this.down === undefined)
      return failed(
        `There is no rollback script. Write ${rollbackOf(this.migration.up.file)} beside it.`,
        this.losses('would be lost'),
      );
    const [copy, before] = [there(this.copy), there(this.before)];
    await runScript(copy, this.down, this.validation.realTime);
    const { real, harmless } = differences(before, await capture(copy));
    if (real.length > 0)
      return failed(
        'After migration and rollback the database is not what it was. What is thrown away must be kept somewhere first, or not be thrown away yet.',
        [...real, ...this.losses('cannot be undone by the script')],
      );
    const unseen = this.unseenLosses();
    if (unseen.length > 0)
      return unknown(
        'The schema is as before, but what the migration throws away could not be compared, for there were no rows. Try it on a real database, or give the embedded one rows.',
        unseen,
      );
    return passed('After migration and rollback schema and data are as before.', harmless);
  }

  public async close(): Promise<void> {
    await this.workbench?.close();
  }

  private losses(why: string): readonly string[] {
    return there(this.up).statements.flatMap((statement) =>
      lossesOf(statement)
        .filter((loss) => this.before === undefined || this.wasThere(loss))
        .map(({ what }) => `line ${statement.line} ${what}: ${why}`),
    );
  }

  /** Only on the embedded one: the rows of a real database are all there are. */
  private unseenLosses(): readonly string[] {
    if (this.workbench?.kind === 'postgresql') return [];
    return there(this.up).statements.flatMap((statement) =>
      lossesOf(statement)
        .filter((loss) => this.wasThere(loss) && this.rowsOf(loss) === 0)
        .map(({ what }) => `line ${statement.line} ${what}, which had no rows`),
    );
  }

  /** What the migration itself makes is nobody's loss. */
  private wasThere({ table, column }: Loss): boolean {
    if (table === undefined) return true;
    const { data, shape } = there(this.before);
    const known = tableCalled(table, data);
    return known !== undefined && (column === undefined || shape.has(`column ${known[0]}.${column}`));
  }

  private rowsOf({ table }: Loss): number | undefined {
    return table === undefined ? undefined : tableCalled(table, there(this.before).data)?.[1].rows;
  }
}

/** The checks run in order, and each is there only where the one before it passed. */
function there<T>(value: T | undefined): T {
  if (value === undefined) throw new NoCopy('This check needs the one before it.');
  return value;
}
