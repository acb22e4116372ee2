/** What there is now, to be recorded or compared. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { required, variables } from '../../config/variables.js';
import {
  commandsSchema,
  parseAs,
  repliesSchema,
  type Contract,
  type ContractSettings,
} from '../../lib/deployments/contract/Contract.js';
import { settingsOf } from '../../lib/deployments/contract/settings.js';
import { deploymentsJsonSchema } from '../../lib/deployments/file/jsonSchema.js';
import { gateJsonSchema } from '../../lib/deployments/gate/file/jsonSchema.js';
import { planJsonSchema } from '../../lib/rollouts/plans/jsonSchema.js';
import { readText } from '../readText.js';
import { exportsOf } from './exportsOf.js';

export interface Sources {
  /** The folder of the package: its package.json and its .env.example are read. */
  readonly package: string;
  /** JSON of a bot's commands as it registers them; absent: the plugin's own. */
  readonly commands?: string;
  /** JSON of replies by what was typed; absent: none. */
  readonly replies?: string;
  /** False: the package's exports are not looked at. */
  readonly exports: boolean;
}

/** @throws {RolloutError} where one of them cannot be read */
export async function gather(sources: Sources): Promise<Contract> {
  const packageFile = join(sources.package, 'package.json');
  const { version } = JSON.parse(await readText(packageFile)) as { readonly version?: unknown };
  return {
    format: 'rollouts-contract',
    version: 1,
    release: typeof version === 'string' ? version : 'unversioned',
    commands: [...(await commandsOf(sources))],
    ...(sources.replies !== undefined && {
      replies: parseAs(repliesSchema, await readText(sources.replies), sources.replies),
    }),
    configuration: {
      environment: await environmentOf(sources.package),
      'deployments.yaml': settingsOf(deploymentsJsonSchema()),
      'deployment-gate.yaml': settingsOf(gateJsonSchema()),
      'rollout plans': settingsOf(planJsonSchema()),
    },
    exports: sources.exports ? await exportsOf(packageFile) : {},
  };
}

async function commandsOf({ commands }: Sources): Promise<Contract['commands']> {
  if (commands !== undefined) return parseAs(commandsSchema, await readText(commands), commands);
  // The framework is loaded only where it is needed.
  const { ownCommands } = await import('./ownCommands.js');
  return [...ownCommands()];
}

/** The plugin's own variables, and those that the bot's .env.example names: none of them is required, for nothing says so. */
async function environmentOf(folder: string): Promise<ContractSettings> {
  const own = Object.entries(variables).map(
    ([name, { otherwise }]) => [name, { required: otherwise === required }] as const,
  );
  const example = join(folder, '.env.example');
  const named = existsSync(example) ? Object.keys(parse(await readText(example))) : [];
  const others = named
    .filter((name) => !(name in variables))
    .map((name) => [name, { required: false }] as const);
  return Object.fromEntries([...own, ...others]);
}
