import { RolloutError } from '../lib/core/RolloutError.js';

/** One thing that is wrong with the configuration; never carries the value itself, for it may be a secret. */
export interface ConfigProblem {
  /** What a person must change: `DISCORD_TOKEN`, `rollouts.staff.guildId`. */
  readonly setting: string;
  /** What is wrong, to be read after the setting's name: `is missing`. */
  readonly wrong: string;
  /** What would be right: `the id of the guild …`. */
  readonly expected?: string;
  /** Where a person gets it. */
  readonly where?: string;
}

/** The configuration cannot be used; `message` lists every problem at once, one block each. */
export class InvalidConfig extends RolloutError {
  public readonly code = 'INVALID_CONFIG';

  public constructor(
    public readonly problems: readonly ConfigProblem[],
    source: string,
  ) {
    super(describe(problems, source), { context: { settings: problems.map(({ setting }) => setting) } });
  }
}

function describe(problems: readonly ConfigProblem[], source: string): string {
  const count = problems.length === 1 ? 'One setting is' : `${problems.length} settings are`;
  const blocks = problems.map(({ setting, wrong, expected, where }) => {
    const lines = [`  ${setting} ${wrong}.`];
    if (expected !== undefined) lines.push(`    Expected: ${expected}.`);
    if (where !== undefined) lines.push(`    Where to get it: ${where}.`);
    return lines.join('\n');
  });
  return [`${count} missing or wrong in ${source}:`, ...blocks].join('\n');
}
