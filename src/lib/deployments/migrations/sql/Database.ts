/** The database that a migration is tried on: one connection, one statement at a time. */
export interface Database {
  /**
   * Runs one statement; values come as the driver reads them, so ask for `::text` where it matters.
   *
   * @throws whatever the driver throws: an Error with PostgreSQL's message
   */
  query(sql: string): Promise<Answer>;
}

export interface Answer {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Rows inserted, updated or deleted; 0 for everything else. */
  readonly written: number;
}

/** Where migrations are tried, opened for one validation. */
export interface Workbench {
  /** Locks can be measured on a real server only. */
  readonly kind: 'embedded' | 'postgresql';
  /** For people, without passwords: `a copy of app at db.internal`. */
  readonly name: string;
  /**
   * Makes a backup and makes the copy out of nothing but it: a backup that is not readable makes no copy.
   *
   * @throws {RolloutError}
   */
  backUpAndCopy(): Promise<Backup>;
  /** Sentences on who, at this moment, would make such locks wait on the live database. */
  inTheWayOf(locks: readonly TableLock[]): Promise<readonly string[]>;
  /** Removes the copy, whatever became of it. */
  close(): Promise<void>;
}

export interface Backup {
  readonly copy: Database;
  readonly bytes: number;
  /** Where the backup stays; undefined where it was for this check only. */
  readonly file: string | undefined;
}

export interface TableLock {
  /** `public.users` */
  readonly table: string;
  /** As in pg_locks: `AccessExclusiveLock`. */
  readonly mode: string;
}
