/**
 * The host's own database: backed up, verified and restored by its own programs, as `recovery.database` in
 * `deployments.yaml` names them. Nothing of it ever comes from chat, and no shell is involved.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../core/Clock.js';
import { RolloutError } from '../../core/RolloutError.js';
import type { ArgumentVector, DatabaseRecovery } from '../../deployments/file/DeploymentsFile.js';
import { run as runProgram } from '../../deployments/drivers/run.js';
import { DatabaseFailed } from '../errors.js';

export interface DatabaseBackup {
  /** Absolute path. */
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 (hex) of the file. */
  readonly sha256: string;
  /** Real time that backup and check took together, ms. */
  readonly tookMs: number;
}

export interface HostDatabaseOptions {
  readonly settings: DatabaseRecovery;
  /** Real time: names the files. */
  readonly clock: Clock;
  /** A test may have one of its own. */
  readonly run?: typeof runProgram;
}

/** What a program does, for people. */
type Task = 'backup' | 'check' | 'restore';

/** The word in a vector that stands for the file. */
const placeholder = '{file}';

export class HostDatabase {
  public constructor(private readonly options: HostDatabaseOptions) {}

  /** The dry run. */
  public plan(): readonly string[] {
    const { backup, verify, folder } = this.options.settings;
    return [
      `Back the host's database up into ${resolve(folder)} with ${backup[0]}.`,
      `Check the backup with ${verify[0]}.`,
    ];
  }

  /**
   * Makes a new backup and checks it. One that is not whole is removed.
   *
   * @param onLine each line that the programs write
   * @throws {DatabaseFailed} saying which program failed, and how
   */
  public async backup(signal: AbortSignal, onLine?: (line: string) => void): Promise<DatabaseBackup> {
    const { folder, backup, verify } = this.options.settings;
    const began = this.options.clock.now();
    const time = new Date(began).toISOString().replace(/[-:.]/g, '');
    const file = resolve(join(folder, `database-${time}.backup`));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      await this.run('backup', backup, file, signal, onLine);
      const bytes = await sizeOf(file);
      await this.run('check', verify, file, signal, onLine);
      return { file, bytes, sha256: await digestOf(file), tookMs: this.options.clock.now() - began };
    } catch (error) {
      // Nobody may take half a backup for one.
      await rm(file, { force: true, recursive: true });
      throw error;
    }
  }

  /**
   * Puts a backup back, after it was checked. Whoever asks has made sure that this is wanted: the programs decide what
   * becomes of what is there now.
   *
   * @throws {DatabaseFailed}
   */
  public async restore(
    file: string,
    signal: AbortSignal,
    onLine?: (line: string) => void,
  ): Promise<{ readonly sha256: string }> {
    const { verify, restore } = this.options.settings;
    if (restore === undefined) {
      throw new DatabaseFailed('deployments.yaml names no program that restores the database.', {
        next: 'Add recovery.database.restore, or restore the file by hand.',
      });
    }
    const path = resolve(file);
    await sizeOf(path);
    await this.run('check', verify, path, signal, onLine);
    const sha256 = await digestOf(path);
    await this.run('restore', restore, path, signal, onLine);
    return { sha256 };
  }

  private async run(
    task: Task,
    vector: ArgumentVector,
    file: string,
    signal: AbortSignal,
    onLine?: (line: string) => void,
  ): Promise<void> {
    const { settings, run = runProgram } = this.options;
    // Not the text itself: a "$" in the name of a folder would mean something.
    const [program, ...args] = vector.map((word) => word.replaceAll(placeholder, () => file));
    try {
      await run([program ?? '', ...args], {
        signal: AbortSignal.any([signal, AbortSignal.timeout(settings.timeoutMs)]),
        env: settings.env,
        ...(onLine !== undefined && { onLine }),
      });
    } catch (cause) {
      if (!(cause instanceof RolloutError)) throw cause;
      throw new DatabaseFailed(`${failures[task]} ${cause.message}`, {
        next: cause.next ?? 'See the log.',
        cause,
      });
    }
  }
}

const failures: Readonly<Record<Task, string>> = {
  backup: 'The database was not backed up:',
  check: 'The backup of the database did not pass its check, so it is none:',
  restore: 'The database was not restored; look at how it stands now:',
};

/** @throws {DatabaseFailed} where there is no file, or an empty one */
async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() === true && found.size > 0) return found.size;
  const what =
    found === undefined ? 'there is no such file' : found.isFile() ? 'it is empty' : 'it is no file';
  throw new DatabaseFailed(`${file} is no backup: ${what}.`, {
    next: `Check that the program writes its backup to the one file that ${placeholder} stands for.`,
  });
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
