/** `rollouts migrate validate up.sql --down down.sql`: five checks on a copy; the database itself is only read. */
import { stat } from 'node:fs/promises';
import { RolloutError } from '../../lib/core/RolloutError.js';
import type { ChecksReport } from '../../lib/deployments/checks/CheckResult.js';
import type { CheckNews } from '../../lib/deployments/checks/runChecks.js';
import type { Workbench } from '../../lib/deployments/migrations/sql/Database.js';
import { openEmbedded } from '../../lib/deployments/migrations/sql/embedded.js';
import { rollbackOf } from '../../lib/deployments/migrations/sql/fileNames.js';
import { defaultLimits } from '../../lib/deployments/migrations/sql/performance.js';
import { openScratch } from '../../lib/deployments/migrations/sql/scratch.js';
import { validateSql } from '../../lib/deployments/migrations/sql/validateSql.js';
import { checksReport } from '../checksReport.js';
import { interruptible } from '../interruptible.js';
import { readText } from '../readText.js';
import type { Report, Terminal } from '../Terminal.js';

export interface ValidateSqlFlags {
  readonly down?: string;
  /** DATABASE_URL where it is absent. */
  readonly databaseUrl?: string;
  /** On the embedded one even where DATABASE_URL is set. */
  readonly embedded?: boolean;
  /** SQL that makes the embedded database as it is before the migration, in this order. */
  readonly schema?: readonly string[];
  readonly backup?: string;
  readonly maxLockMs?: string;
  readonly maxRows?: string;
  readonly timeLimit?: string;
  readonly report?: string;
  /** Says on standard error how far it is, a line each: for whoever shows it live. */
  readonly progress?: boolean;
}

export class BadNumber extends RolloutError {
  public readonly code = 'BAD_NUMBER';
}

const defaultSeconds = 600;

export async function validateSqlFile(
  terminal: Terminal,
  file: string,
  flags: ValidateSqlFlags,
): Promise<Report> {
  const limits = {
    lockMs: numberOf('--max-lock-ms', flags.maxLockMs, defaultLimits.lockMs),
    rows: numberOf('--max-rows', flags.maxRows, defaultLimits.rows),
  };
  const limitMs = numberOf('--time-limit', flags.timeLimit, defaultSeconds) * 1_000;
  const up = { file, sql: await readText(file) };
  const downFile = flags.down ?? (await beside(file));
  const down = downFile === undefined ? undefined : { file: downFile, sql: await readText(downFile) };
  const bases = await Promise.all(
    (flags.schema ?? []).map(async (name) => ({ file: name, sql: await readText(name) })),
  );
  const databaseUrl = flags.embedded
    ? undefined
    : (flags.databaseUrl ?? given(terminal.environment['DATABASE_URL']));
  const validate = (open: () => Promise<Workbench>): Promise<ChecksReport> =>
    validateSql(
      { up, down },
      {
        ...{ open, limits, realTime: terminal },
        ...(flags.progress === true && {
          onNews: (news: CheckNews) => terminal.err(JSON.stringify({ progress: news })),
        }),
      },
    );
  const checks =
    databaseUrl === undefined
      ? // It works in this very thread, where a statement that does not end would keep Ctrl+C from being heard.
        await validate(() => openEmbedded(bases))
      : await interruptible((signal) =>
          validate(() => openScratch({ databaseUrl, backupFile: flags.backup, limitMs, signal })),
        );
  return checksReport(checks, flags.report);
}

/** `7_names.down.sql`, where it lies beside `7_names.sql`. */
async function beside(file: string): Promise<string | undefined> {
  const name = rollbackOf(file);
  return stat(name).then(
    () => name,
    () => undefined,
  );
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

function numberOf(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0)
    throw new BadNumber(`${option} ${text} is no whole number above 0.`, {
      next: `Leave it out for ${otherwise}.`,
    });
  return Number(text);
}
