/** `rollouts database backup` and `rollouts database restore <file>`: the same programs that a rollback runs. */
import { readStateEnvironment } from '../config/environment.js';
import { RolloutError } from '../lib/core/RolloutError.js';
import { HostDatabase } from '../lib/recovery/database/HostDatabase.js';
import { deploymentsOf } from './deployments.js';
import { interruptible } from './interruptible.js';
import type { Report, Terminal } from './Terminal.js';

/** `deployments.yaml` does not say how the database is backed up. */
export class NoDatabase extends RolloutError {
  public readonly code = 'NO_DATABASE';
}

export async function backUpDatabase(terminal: Terminal): Promise<Report> {
  const database = await databaseOf(terminal);
  const backup = await interruptible((signal) => database.backup(signal));
  const { file, bytes, sha256 } = backup;
  const text = `Wrote and checked ${file}: ${bytes} bytes, SHA-256 ${sha256}.`;
  return { exitCode: 0, text, json: { ok: true, ...backup } };
}

export async function restoreDatabase(
  terminal: Terminal,
  { file, yes, json }: { readonly file: string; readonly yes: boolean; readonly json: boolean },
): Promise<Report> {
  const database = await databaseOf(terminal);
  if (!yes) {
    const question = `Put ${file} back over the database as it is now? Stop the bot first. Type "yes": `;
    const answer = json ? undefined : await terminal.ask(question);
    if (answer?.trim().toLowerCase() !== 'yes') {
      const text =
        answer === undefined
          ? 'Nothing was changed. Repeat it with --yes to put the backup back.'
          : 'Nothing was changed.';
      return { exitCode: answer === undefined ? 2 : 1, text, json: { ok: false, message: text } };
    }
  }
  const { sha256 } = await interruptible((signal) => database.restore(file, signal));
  const text = `${file} (SHA-256 ${sha256}) is restored.`;
  return { exitCode: 0, text, json: { ok: true, file, sha256 } };
}

async function databaseOf(terminal: Terminal): Promise<HostDatabase> {
  const { recovery } = await deploymentsOf(terminal, readStateEnvironment(terminal.environment));
  if (recovery.database === undefined)
    throw new NoDatabase("deployments.yaml does not say how your bot's database is backed up.", {
      next: 'Add recovery.database with backup, verify and restore; docs/deployments.md has an example.',
    });
  return new HostDatabase({ settings: recovery.database, clock: terminal });
}
