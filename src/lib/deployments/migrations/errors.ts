import { RolloutError } from '../../core/RolloutError.js';

/** A package or a program that only the validator needs is not there. */
export class ValidatorIncomplete extends RolloutError {
  public readonly code = 'VALIDATOR_INCOMPLETE';
}

/** The database is away, or refuses us. */
export class DatabaseAway extends RolloutError {
  public readonly code = 'DATABASE_AWAY';
}

/** No copy could be made to try the migration on. */
export class NoCopy extends RolloutError {
  public readonly code = 'NO_COPY';
}

/** A script's statement failed, or the script is none that can be tried. */
export class ScriptFailed extends RolloutError {
  public readonly code = 'SCRIPT_FAILED';
}

/** A migration was asked for that is no file of the folder. */
export class UnknownMigration extends RolloutError {
  public readonly code = 'UNKNOWN_MIGRATION';
}

/** The program that tries a migration ended without saying what it found. */
export class MigrationNotTried extends RolloutError {
  public readonly code = 'MIGRATION_NOT_TRIED';
}

/** The list of the state's migrations has a gap, an overlap or a circle. */
export class BadMigrations extends RolloutError {
  public readonly code = 'BAD_MIGRATIONS';
}

/** Documents that no migration knows, or that a migration could not carry over. Nothing was changed by it. */
export class StateMigrationFailed extends RolloutError {
  public readonly code = 'STATE_MIGRATION_FAILED';
}

/** Another process migrates the state at this moment. */
export class AlreadyMigrating extends RolloutError {
  public readonly code = 'ALREADY_MIGRATING';
}
