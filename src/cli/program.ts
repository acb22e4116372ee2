/** The commands of the CLI and what they share: `--json`, exit codes, how an error is said. */
import { Command, CommanderError } from 'commander';
import { RolloutError } from '../lib/core/RolloutError.js';
import { isUntold } from '../lib/deployments/webhooks/postEvent.js';
import { verifyAudit } from './audit.js';
import { addContractCommands } from './contract/commands.js';
import { backUpDatabase, restoreDatabase } from './database.js';
import { addDeploy } from './deploy.js';
import { diff } from './diff.js';
import { doctor } from './doctor/doctor.js';
import { addGate } from './gate/addGate.js';
import { addMigrateCommands } from './migrate/commands.js';
import { addMetrics } from './metrics.js';
import { ownVersion } from './ownVersion.js';
import { verifyFile } from './receipt.js';
import { restore } from './restore.js';
import { snapshot } from './snapshot.js';
import { systemTerminal, type ExitCode, type Report, type Terminal } from './Terminal.js';

const exitCodes = `
Exit codes: 0 all is well, 1 something was found, refused or went wrong, 2 wrong usage,
            3 the bot could not be told (gate --post, deploy, metrics push).
The configuration comes from the environment and from .env, as for the bot.`;

/** Answers the exit code. */
export async function runCli(
  args: readonly string[],
  terminal: Terminal = systemTerminal,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const run = async (json: boolean | undefined, act: () => Promise<Report>): Promise<void> => {
    const report = await act().catch(failure);
    exitCode = report.exitCode;
    if (json) terminal.out(JSON.stringify(report.json, null, 2));
    else if (report.exitCode === 0) terminal.out(report.text);
    else terminal.err(report.text);
  };
  try {
    await buildProgram(terminal, run).parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}

interface Json {
  readonly json?: boolean;
}

interface RestoreFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly reason?: string;
  readonly backup: boolean;
}

export function buildProgram(
  terminal: Terminal,
  run: (json: boolean | undefined, act: () => Promise<Report>) => Promise<void>,
): Command {
  const program = new Command('rollouts')
    .description('Looks after the state of sapphire-plugin-rollouts, with the bot running or not.')
    .version(ownVersion())
    .addHelpText('after', exitCodes)
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .exitOverride();

  const command = (parent: Command, usage: string, description: string): Command =>
    parent
      .command(usage)
      .description(description)
      .option('--json', 'answer in JSON')
      .allowExcessArguments(false);

  command(
    program,
    'doctor',
    'Checks configuration, rights, store, clock and versions, and says what to do.',
  ).action(({ json }: Json) => run(json, () => doctor(terminal)));
  command(
    program,
    'snapshot [file]',
    'Writes the whole state to a file that `restore` takes back, on either store.',
  )
    .option('--force', 'replace the file where there is one')
    .action((file: string | undefined, { json, force }: Json & { force?: boolean }) =>
      run(json, () => snapshot(terminal, { file, force: force === true })),
    );
  command(
    program,
    'restore <file>',
    'Shows what going back to the snapshot would change, asks, keeps what there is, and goes back.',
  )
    .option('--yes', 'do not ask')
    .option('--dry-run', 'only show what would change')
    .option('--reason <text>', 'why, for the audit and for staff')
    .option('--no-backup', 'do not keep what is replaced (only where it cannot be read)')
    .action((file: string, { json, yes, dryRun, reason, backup }: Json & RestoreFlags) =>
      run(json, () =>
        restore(terminal, {
          ...{ file, yes: yes === true, dryRun: dryRun === true, backup, reason, json: json === true },
        }),
      ),
    );
  command(
    program,
    'diff <from> [to]',
    'Says what differs between two snapshots, or between one and now (`now`, the default).',
  ).action((from: string, to: string | undefined, { json }: Json) =>
    run(json, () => diff(terminal, from, to ?? 'now')),
  );
  command(
    program,
    'verify <file>',
    'Says what the receipt of a rollback proves, or what is wrong with it; needs no bot. Snapshots, too.',
  ).action((file: string, { json }: Json) => run(json, () => verifyFile(file)));
  addGate(program, terminal, run);
  const database = program
    .command('database')
    .description("Your bot's own database, by the programs that deployments.yaml names.");
  command(database, 'backup', 'Makes a backup and checks it.').action(({ json }: Json) =>
    run(json, () => backUpDatabase(terminal)),
  );
  command(database, 'restore <file>', 'Checks the backup, asks, and puts it back.')
    .option('--yes', 'do not ask')
    .action((file: string, { json, yes }: Json & { yes?: boolean }) =>
      run(json, () => restoreDatabase(terminal, { file, yes: yes === true, json: json === true })),
    );
  const audit = program.command('audit').description('The trail of who did what.');
  command(
    audit,
    'verify',
    'Recomputes the chain of seals and names the first entry that was tampered with.',
  ).action(({ json }: Json) => run(json, () => verifyAudit(terminal)));
  addDeploy(program, terminal, run);
  addMetrics(program, terminal, run);
  addMigrateCommands(program, command, run, terminal);
  addContractCommands(program, command, run, terminal);
  return program;
}

/** A refusal is said in its own words; anything else is a bug, and its stack helps whoever mends it. */
function failure(error: unknown): Report {
  if (error instanceof RolloutError) {
    const { code, message, next } = error;
    const text = next === undefined ? message : `${message}\n${next}`;
    return { exitCode: isUntold(error) ? 3 : 1, text, json: { ok: false, code, message, next } };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exitCode: 1, text: `This is a bug:\n${text}`, json: { ok: false, code: 'BUG', message: text } };
}
