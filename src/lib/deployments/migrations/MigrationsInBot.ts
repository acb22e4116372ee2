/** Migrations in SQL as `/deploy validate migration:…` tries them; undefined in the house where nothing is run in the bot. */
import type { ChecksReport, CheckVerdict } from '../checks/CheckResult.js';

export interface CheckTick {
  readonly check: string;
  readonly state: 'running' | CheckVerdict;
  /** What was found; empty while it runs. */
  readonly sentence: string;
}

export interface MigrationRun {
  /** As {@link MigrationsInBot.list} gives it. */
  readonly name: string;
  /** Ends it, and removes the copy that it works on. */
  readonly signal: AbortSignal;
  /** What there is so far, in order. */
  readonly onTicks: (ticks: readonly CheckTick[]) => void;
}

export interface MigrationsInBot {
  /** Names of files in the configured folder, as people number them; none where there is no such folder. */
  list(): Promise<readonly string[]>;
  /** @throws {UnknownMigration} {@link NotNow} {@link MigrationNotTried} */
  validate(run: MigrationRun): Promise<ChecksReport>;
}
