/** What stands behind `npm run sandbox --`. */
import { parseArgs } from 'node:util';
import { scenarios, type Scenario } from './scenarios/scenarios.js';
import { SandboxStartError } from './settings.js';

export interface SandboxArguments {
  /** Undefined: people play. */
  readonly scenario: Scenario | undefined;
}

/** Throws {@link SandboxStartError} with what there is to write. */
export function readArguments(args: readonly string[]): SandboxArguments {
  const name = scenarioIn(args);
  if (name === undefined) return { scenario: undefined };
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario) return { scenario };
  throw new SandboxStartError(`There is no scenario "${name}". ${usage}`);
}

function scenarioIn(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { scenario: { type: 'string' } } }).values.scenario;
  } catch (error) {
    throw new SandboxStartError(`${error instanceof Error ? error.message : String(error)} ${usage}`);
  }
}

const usage = `Scenarios: ${scenarios.map(({ name }) => `--scenario ${name}`).join(', ')}.`;
