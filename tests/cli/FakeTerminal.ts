import type { Environment } from '../../src/config/environment.js';
import { runCli } from '../../src/cli/program.js';

export interface Run {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  /** What was asked of the person. */
  readonly asked: readonly string[];
}

/** Runs the CLI as a person would, with these answers to what it asks; without any, nobody is there. */
export async function rollouts(
  args: readonly string[],
  environment: Environment,
  answers: readonly string[] = [],
): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const left = [...answers];
  const exitCode = await runCli(args, {
    environment,
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    ask: async (question) => {
      asked.push(question);
      return left.shift();
    },
    now: () => Date.now(),
  });
  return { exitCode, out: out.join('\n'), err: err.join('\n'), asked };
}
