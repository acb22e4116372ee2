/** A scratch database on the real server, made of a backup of the live one, and dropped afterwards whatever happens. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { newId } from '../../../core/ids.js';
import { ProgramFailed } from '../../drivers/errors.js';
import { run } from '../../drivers/run.js';
import { NoCopy } from '../errors.js';
import { addressOf, type Address } from './address.js';
import { Connection } from './connection.js';
import type { Backup, TableLock, Workbench } from './Database.js';
import { inTheWayOf } from './inTheWay.js';

export interface ScratchOptions {
  readonly databaseUrl: string;
  /** Where the backup is to stay; undefined: it is for this check only. */
  readonly backupFile?: string;
  /** Where pg_dump and pg_restore are, where it is not PATH. */
  readonly programs?: string;
  /** For each statement and each program, ms of real time. */
  readonly limitMs: number;
  /** Interrupts: the scratch database is dropped even so. */
  readonly signal?: AbortSignal;
}

/** The dump waits no longer for somebody's lock, ms. */
const lockWaitMs = 5_000;
const prefix = 'rollouts_scratch_';

/** @throws {DatabaseAway} {@link NoCopy} */
export async function openScratch(options: ScratchOptions): Promise<Workbench> {
  const address = addressOf(options.databaseUrl);
  const live = await Connection.open(options.databaseUrl, address.name, options.limitMs);
  return new Scratch(live, address, options);
}

class Scratch implements Workbench {
  public readonly kind = 'postgresql';
  public readonly name: string;
  private readonly database: string;
  private copy: Connection | undefined;
  private folder: string | undefined;

  public constructor(
    private readonly live: Connection,
    private readonly address: Address,
    private readonly options: ScratchOptions,
  ) {
    this.name = `a copy of ${address.name}`;
    this.database = `${this.family}${newId()
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')
      .slice(0, 24)}`;
  }

  public async backUpAndCopy(): Promise<Backup> {
    await this.dropLeftOvers();
    const file = await this.dump();
    // Held for as long as this process lives, so that another one knows whose scratch database is nobody's any more.
    await this.live.query(`select pg_advisory_lock(hashtextextended('${this.database}', 0))`);
    await this.live.query(`create database ${this.database} template template0`).catch((error: unknown) => {
      throw new NoCopy(`No scratch database can be made beside ${this.address.name}: ${messageOf(error)}.`, {
        next: 'Give the user the right to: ALTER ROLE … CREATEDB; or give the address of a server for tests.',
        cause: error,
      });
    });
    await this.program('pg_restore', [
      ...['--no-owner', '--exit-on-error', '--dbname', this.address.openUrl(this.database)],
      file,
    ]);
    const url = this.address.urlOf(this.database);
    const copy = await Connection.open(url, this.name, this.options.limitMs);
    this.copy = copy;
    // What is under way on the copy fails at once then, and the copy is dropped as usual.
    this.options.signal?.addEventListener('abort', () => void copy.close(), { once: true });
    const { size } = await stat(file);
    return { copy, bytes: size, file: this.options.backupFile };
  }

  /** How the copies of this database begin: whether one of another's is in use cannot be seen from here. */
  private get family(): string {
    return `${prefix}${createHash('sha256').update(this.address.database).digest('hex').slice(0, 8)}_`;
  }

  public inTheWayOf(locks: readonly TableLock[]): Promise<readonly string[]> {
    return inTheWayOf(this.live, locks);
  }

  public async close(): Promise<void> {
    try {
      await this.copy?.close();
      await this.live.query('set statement_timeout = 0');
      await this.live.query(`drop database if exists ${this.database} with (force)`);
    } finally {
      await this.live.close();
      if (this.folder !== undefined) await rm(this.folder, { recursive: true, force: true });
    }
  }

  private async dump(): Promise<string> {
    this.folder = await mkdtemp(join(tmpdir(), 'rollouts-backup-'));
    const file = resolve(this.options.backupFile ?? join(this.folder, 'backup.dump'));
    await this.program('pg_dump', [
      ...['--format=custom', `--lock-wait-timeout=${lockWaitMs}`, `--file=${file}`],
      `--dbname=${this.address.openUrl(this.address.database)}`,
    ]);
    return file;
  }

  private async program(name: 'pg_dump' | 'pg_restore', args: readonly string[]): Promise<void> {
    const program = this.options.programs === undefined ? name : join(this.options.programs, name);
    const limit = AbortSignal.timeout(this.options.limitMs);
    const signal = this.options.signal === undefined ? limit : AbortSignal.any([limit, this.options.signal]);
    try {
      await run([program, ...args], { signal, set: this.address.secret });
    } catch (error) {
      if (!(error instanceof ProgramFailed)) throw error;
      const { stderr } = error.context;
      const said = typeof stderr === 'string' ? stderr.trim() : '';
      const locked = /LOCK TABLE ([^\n]+) IN ACCESS SHARE MODE/.exec(said)?.[1];
      if (locked !== undefined && said.includes('timeout'))
        throw new NoCopy(
          `The backup cannot be made: somebody holds a lock on ${oneOf(locked.split(', '))} for longer than ${lockWaitMs / 1_000} s.`,
          { next: 'Wait until that transaction is over, or end it, and try again.', cause: error },
        );
      const what = name === 'pg_dump' ? 'The backup cannot be made' : 'The backup is not readable';
      throw new NoCopy(
        `${what}: ${error.message}${said === '' ? '' : `\n${said.slice(-1_000).replace(/\.?$/, '.')}`}`,
        {
          next: `${name} must be installed, in the server's version or a newer one, and may wait for no lock.`,
          cause: error,
        },
      );
    }
  }

  /** Of processes that died before they could drop theirs: their locks went with them. */
  private async dropLeftOvers(): Promise<void> {
    const { rows } = await this.live.query(
      `select datname from pg_database where datname ~ '^${this.family}[a-z0-9]+$' and pg_get_userbyid(datdba) = current_user`,
    );
    for (const { datname } of rows) {
      const key = `hashtextextended('${String(datname)}', 0)`;
      const free = await this.live.query(`select pg_try_advisory_lock(${key}) as mine`);
      if (free.rows[0]?.['mine'] !== true) continue;
      await this.live.query(`drop database if exists ${String(datname)} with (force)`);
      await this.live.query(`select pg_advisory_unlock(${key})`);
    }
  }
}

const oneOf = (tables: readonly string[]): string =>
  tables.length === 1 ? (tables[0] ?? '') : `one of ${tables.length} tables (${tables[0] ?? ''} …)`;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
