import type { StateMigration } from './StateMigration.js';

/** Every migration of the bot's own state, oldest first. All documents are of schema 1 so far. */
export const stateMigrations: readonly StateMigration[] = [];
