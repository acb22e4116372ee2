import type { Command } from 'commander';
import type { AddCommand, RunCommand } from '../commands.js';
import type { Terminal } from '../Terminal.js';
import { validateSqlFile, type ValidateSqlFlags } from './sql.js';
import { applyStateMigrations, validateStateDocuments, type StateFlags } from './state.js';

export function addMigrateCommands(
  program: Command,
  add: AddCommand,
  run: RunCommand,
  terminal: Terminal,
): void {
  const migrate = program.command('migrate').description('Migrations: checked before they are applied.');
  add(
    migrate,
    'validate <up>',
    'Tries a migration in SQL on a copy: syntax, backup, dry run, performance impact, rollback script.',
  )
    .option('--down <file>', 'the rollback script; up.down.sql beside up.sql unless given')
    .option(
      '--database-url <url>',
      'a real PostgreSQL, on a scratch database that is dropped afterwards; else DATABASE_URL',
    )
    .option('--embedded', 'on the embedded PostgreSQL, even where DATABASE_URL is set')
    .option(
      '--schema <files...>',
      'SQL that makes the embedded database as it is now, with rows where it drops something',
    )
    .option('--backup <file>', 'keep the backup of the real database there')
    .option('--max-lock-ms <ms>', 'how long a lock may make others wait; 1000 unless given')
    .option('--max-rows <rows>', 'how many rows may be written in one go; 100000 unless given')
    .option('--time-limit <seconds>', 'for each statement on a real PostgreSQL; 600 unless given')
    .option('--report <file>', 'write the report there, too: JUnit XML for .xml, else JSON')
    .option('--progress', 'say on standard error how far it is, a JSON value a line')
    .action((up: string, flags: ValidateSqlFlags & { json?: boolean }) =>
      run(flags.json, () => validateSqlFile(terminal, up, flags)),
    );

  const state = migrate.command('state').description("The bot's own documents.");
  add(state, 'validate', "Tries this release's migrations on what is in state, in memory only.")
    .option('--to <number>', 'the last migration that is to hold; all of them unless given')
    .option('--report <file>', 'write the report there, too: JUnit XML for .xml, else JSON')
    .action((flags: StateFlags) => run(flags.json, () => validateStateDocuments(terminal, flags)));
  add(
    state,
    'apply',
    'Takes a snapshot and moves the documents up, or down before an older release is deployed.',
  )
    .option('--to <number>', 'the last migration that is to hold; all of them unless given')
    .option('--yes', 'do not ask')
    .action((flags: StateFlags) => run(flags.json, () => applyStateMigrations(terminal, flags)));
}
