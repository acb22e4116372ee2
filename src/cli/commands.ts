/** What a room of commands is given to add its own by. */
import type { Command } from 'commander';
import type { Report } from './Terminal.js';

/** Adds a command with `--json`. */
export type AddCommand = (parent: Command, usage: string, description: string) => Command;

/** Runs one, prints what it found and keeps its exit code. */
export type RunCommand = (json: boolean | undefined, act: () => Promise<Report>) => Promise<void>;
