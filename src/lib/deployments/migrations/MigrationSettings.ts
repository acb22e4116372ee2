/** How migrations are tried and applied, as `deployments.yaml` says. */
export interface MigrationSettings {
  /** Where `NAME.sql` and `NAME.down.sql` lie that may be chosen in chat. @default 'migrations' */
  readonly folder: string;
  /** Names the environment variable with the address of a PostgreSQL. @default 'DATABASE_URL' */
  readonly databaseUrlEnv: string;
  /** Names of files in the folder; undefined: all that come before the chosen one. */
  readonly schema: readonly string[] | undefined;
  /** Whether the lease holder moves the bot's own documents by itself. @default true */
  readonly isStateAutomatic: boolean;
}
