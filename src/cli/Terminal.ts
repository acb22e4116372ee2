/** Where a command of the CLI comes from and speaks to; a test has its own. */
import { createInterface } from 'node:readline/promises';
import type { Environment } from '../config/environment.js';

export interface Terminal {
  readonly environment: Environment;
  /** What was asked for: text, or the one JSON value. */
  out(text: string): void;
  /** What went wrong, and what is not part of the answer. */
  err(text: string): void;
  /** Asks a person; undefined where nobody is there to answer. */
  ask(question: string): Promise<string | undefined>;
  /** Real time, ms since epoch. */
  now(): number;
}

export const systemTerminal: Terminal = {
  environment: process.env,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  ask: async (question) => {
    if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  },
  now: () => Date.now(),
};

/** 0: all is well · 1: something was found, refused or went wrong · 2: wrong usage · 3: the bot could not be told. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What a command ends in: the exit code, and what it found, for people and for programs. */
export interface Report {
  readonly exitCode: ExitCode;
  readonly text: string;
  readonly json: object;
}
